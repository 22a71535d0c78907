package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.head.GatingHead;
import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.training.AdamW;
import dev.assay.training.LearningRateSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Trains a gate by Bradley-Terry on debiased rewards (arXiv 2406.12845, Eq. 4 and 5). Backbone and probes are frozen: the
 * rewards of all pairs are computed once, and a step touches the gate only.
 */
public final class GateTraining {
    private final GateSettings settings;
    private final GatedPairs training;
    private final GatedPairs heldOut;
    private final GatingHead gate;
    private final Consumer<GateFit.Look> listener;
    private final List<GateFit.Look> looks = new ArrayList<>();

    private GateTraining(
            GateSettings settings,
            GatedPairs training,
            GatedPairs heldOut,
            GatingHead gate,
            Consumer<GateFit.Look> listener) {
        this.settings = settings;
        this.training = training;
        this.heldOut = heldOut;
        this.gate = gate;
        this.listener = listener;
    }

    /**
     * Trains a gate; two where the coordinates are chosen by their held-out losses.
     *
     * @param listener told of each look at the held-out prompts as it happens, of both gates where there are two
     * @throws AssayException of kind DATA when one side of the split is empty or a feature is not finite; NUMERIC when the
     *     loss leaves the reals
     */
    public static GateFit fit(
            PairFeatures pairs,
            ObjectiveProbes probes,
            RewardTransform transform,
            GateSettings settings,
            Consumer<GateFit.Look> listener) {
        pairs.requireFinite();
        try (TensorScope scope = TensorScope.open()) {
            Tensor margins = margins(pairs, probes, transform);
            if (settings.input() != GateInput.AUTO) {
                return fit(pairs, margins, settings, start(pairs, transform, settings), listener);
            }
            GateFit raw =
                    fit(pairs, margins, settings.withInput(GateInput.RAW), start(pairs, transform, settings), listener);
            GateFit whitened;
            try {
                whitened = fit(
                        pairs,
                        margins,
                        settings.withInput(GateInput.WHITENED),
                        start(pairs, transform, settings),
                        listener);
            } catch (RuntimeException e) {
                raw.gate().close();
                throw e;
            }
            boolean asItIs = raw.best().heldOutLoss() <= whitened.best().heldOutLoss();
            (asItIs ? whitened : raw).gate().close();
            return asItIs ? raw : whitened;
        }
    }

    private static GatingHead start(PairFeatures pairs, RewardTransform transform, GateSettings settings) {
        return GatingHead.random(
                new GatingHead.Shape(
                        pairs.prompts().width(),
                        transform.objectives(),
                        settings.shape().hidden(),
                        settings.shape().hiddenLayers()),
                settings.shape().scale(),
                settings.shape().temperature(),
                settings.seed());
    }

    /** The same from a given start, whose first layer reads the coordinates of {@link GateSettings#input}. */
    static GateFit fit(
            PairFeatures pairs,
            Tensor margins,
            GateSettings settings,
            GatingHead start,
            Consumer<GateFit.Look> listener) {
        try (TensorScope scope = TensorScope.open()) {
            int[] training = side(pairs, settings.split(), false);
            int[] heldOut = side(pairs, settings.split(), true);
            Optional<GateInputMap> map = GateInputMap.of(settings.input(), pairs.prompts(), training);
            ShardedRows states = map.map(found -> ShardedRows.of(found.apply(pairs.prompts())))
                    .orElse(pairs.prompts());
            GateFit fit = new GateTraining(
                            settings,
                            new GatedPairs(states, margins, training),
                            new GatedPairs(states, margins, heldOut),
                            start,
                            listener)
                    .run();
            map.ifPresent(found -> found.foldInto(start));
            return fit;
        } catch (RuntimeException e) {
            start.close();
            throw e;
        }
    }

    private static Tensor margins(PairFeatures pairs, ObjectiveProbes probes, RewardTransform transform) {
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            return pairs.margins(probes, transform).to(ScalarType.Float);
        }
    }

    private static int[] side(PairFeatures pairs, PromptSplit split, boolean held) {
        int[] rows = pairs.side(split, held);
        if (rows.length == 0) {
            throw new AssayException(
                    ErrorKind.DATA,
                    "of " + pairs.pairs() + " pairs, none is " + (held ? "held out" : "left to train on") + " when "
                            + split.share() + " of the prompts are held out; add pairs of other prompts");
        }
        return rows;
    }

    private GateFit run() {
        LearningRateSchedule schedule = new LearningRateSchedule(
                LearningRateSchedule.Shape.COSINE,
                settings.updates().learningRate(),
                settings.updates().steps(),
                0);
        AdamW.Options options =
                new AdamW.Options(0.9, 0.999, 1e-8, settings.updates().weightDecay());
        SplittableRandom random = new SplittableRandom(settings.seed());
        try (AdamW optimizer = new AdamW(gate.parameters(), options);
                TensorScope scope = TensorScope.open()) {
            GateFit.Look best = look(0, Double.NaN);
            Map<String, Tensor> kept = new LinkedHashMap<>();
            keep(kept);
            double sum = 0;
            int since = 0;
            for (int step = 1, waited = 0; step <= settings.updates().steps() && !exhausted(waited); step++) {
                sum += update(optimizer, schedule.at(step - 1L), random);
                since++;
                if (step % settings.stopping().every() == 0
                        || step == settings.updates().steps()) {
                    GateFit.Look now = look(step, sum / since);
                    sum = 0;
                    since = 0;
                    waited++;
                    if (now.heldOutLoss() < best.heldOutLoss()) {
                        best = now;
                        waited = 0;
                        keep(kept);
                    }
                }
            }
            restore(kept);
            return new GateFit(settings.input(), gate, best, looks, training.size(), heldOut.size());
        }
    }

    private boolean exhausted(int waited) {
        return settings.stopping().patience() > 0
                && waited >= settings.stopping().patience();
    }

    private double update(AdamW optimizer, double learningRate, SplittableRandom random) {
        int[] batch = IntStream.generate(() -> random.nextInt(training.size()))
                .limit(settings.updates().batch())
                .toArray();
        optimizer.clearGradients();
        double loss = training.backward(gate, batch, settings.updates().dropout(), random.nextLong());
        if (!Double.isFinite(loss)) {
            throw new AssayException(
                    ErrorKind.NUMERIC,
                    "the gate's loss is " + loss + " after " + optimizer.updates()
                            + " updates; lower the learning rate "
                            + settings.updates().learningRate());
        }
        optimizer.update(learningRate);
        return loss;
    }

    private GateFit.Look look(int step, double trainingLoss) {
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            PairOutcome outcome = heldOut.evaluate(gate);
            GateFit.Look look = new GateFit.Look(step, trainingLoss, outcome.loss(), outcome.accuracy(), gate.scale());
            looks.add(look);
            listener.accept(look);
            return look;
        }
    }

    private void keep(Map<String, Tensor> kept) {
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            gate.parameters().view().forEach((name, tensor) -> {
                Tensor copy = kept.get(name);
                if (copy == null) {
                    kept.put(name, tensor.detach().clone());
                } else {
                    copy.copy_(tensor);
                }
            });
        }
    }

    private void restore(Map<String, Tensor> kept) {
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            gate.parameters().view().forEach((name, tensor) -> {
                Tensors.clearGradient(tensor);
                Tensor copy = kept.get(name);
                if (copy != null) {
                    tensor.copy_(copy);
                }
            });
        }
        gate.parameters().trainable(false);
    }
}
