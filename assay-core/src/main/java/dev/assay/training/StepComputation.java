package dev.assay.training;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.tokenization.PackedBatch;
import dev.assay.tokenization.PackedGroups;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The gradient of one step. The loss is a function of what the head says, of the rewards or of K outputs, computed in double with its exact derivatives; autograd
 * starts there with these derivatives as their gradient. A batch too large to be computed at once is cut into
 * parts.
 *
 * <p>Where the weights of the sources depend on the whole batch, and it does not fit one part, or they depend on more than the
 * head's gradients, each source is run by itself, in one pass, and the step's gradient is put together from theirs. That takes
 * one gradient of all trainable parameters a source. Where these take too much memory and the head's gradients are enough, the
 * parts are first run without recording, to know all pooled states, and then once more with the weights fixed (gradient
 * caching, Gao et al. 2021, arXiv 2101.06983): the same gradient, at the price of one more forward pass.
 */
final class StepComputation {
    /** What the sources' gradients may take together before a batch in parts is run twice. */
    static final long MOST_GRADIENT_BYTES = 4L << 30;

    /** Most tokens computed at once of a source that is run by itself; the gradients of the others are kept beside them. */
    static final int MOST_SOURCE_TOKENS = 4096;

    private final RewardNetwork network;
    private final PrefixPacker packer;
    private final StepLoss loss;
    private final SourceWeighting weighting;
    private final int sourceCount;
    private final long mostGradientBytes;

    StepComputation(
            RewardNetwork network, PrefixPacker packer, StepLoss loss, SourceWeighting weighting, int sourceCount) {
        this(network, packer, loss, weighting, sourceCount, MOST_GRADIENT_BYTES);
    }

    StepComputation(
            RewardNetwork network,
            PrefixPacker packer,
            StepLoss loss,
            SourceWeighting weighting,
            int sourceCount,
            long mostGradientBytes) {
        this.mostGradientBytes = mostGradientBytes;
        this.network = network;
        this.packer = packer;
        this.loss = loss;
        this.weighting = weighting;
        this.sourceCount = sourceCount;
    }

    /** Adds the gradient of a batch to that of the trainable parameters, and tells what was seen on the way. */
    BatchTotals accumulate(List<TokenizedGroup> groups, long step, long dropoutSeed) {
        BatchTotals totals = totals(groups);
        List<PackedGroups> parts = packer.pack(groups);
        Optional<SourceWeighting.Weights> fixed = weighting.fixed(totals.sources(), totals.weights());
        if (fixed.isPresent() || parts.size() == 1 && weighting.reach() == GradientReach.HEAD) {
            for (int p = 0; p < parts.size(); p++) {
                drawDropout(dropoutSeed, p);
                recordAndDescend(parts.get(p), groups, totals, fixed, step);
            }
            if (fixed.isPresent()) {
                totals.weights(fixed.get());
            }
            return totals;
        }
        if (weighting.reach() != GradientReach.HEAD) {
            return bySource(
                    packer, groups, totals, step, dropoutSeed, weighting.reach().parameters(network));
        }
        long gradientBytes = SourceGradients.bytes(network.trainable(), totals.sources().length);
        return gradientBytes > mostGradientBytes
                ? inTwoPasses(parts, groups, totals, step, dropoutSeed)
                : bySource(packer.withBudget(MOST_SOURCE_TOKENS), groups, totals, step, dropoutSeed, Set.of());
    }

    /** Sums for a batch, none yet. */
    BatchTotals totals(List<TokenizedGroup> groups) {
        return new BatchTotals(
                groups,
                loss,
                network.head().outputs(),
                network.backbone().config().hiddenSize());
    }

    private BatchTotals inTwoPasses(
            List<PackedGroups> parts, List<TokenizedGroup> groups, BatchTotals totals, long step, long dropoutSeed) {
        List<double[]> outputGradients = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            drawDropout(dropoutSeed, p);
            outputGradients.add(look(parts.get(p), groups, totals, step));
        }
        totals.weigh(weighting, sourceCount);
        for (int p = 0; p < parts.size(); p++) {
            drawDropout(dropoutSeed, p);
            PackedBatch batch = parts.get(p).batch();
            double[] upstream = totals.upstream(outputGradients.get(p), batch);
            network.backward(batch, pooled -> contract(network.outputs(pooled), upstream));
        }
        return totals;
    }

    /**
     * Runs each source by itself, weighs the sources by their gradients, and adds these up.
     *
     * @param packer lays out a source's rows
     * @param reached names of the parameters whose gradients are compared; none for the head, whose gradients are known by then
     */
    BatchTotals bySource(
            PrefixPacker packer,
            List<TokenizedGroup> groups,
            BatchTotals totals,
            long step,
            long dropoutSeed,
            Set<String> reached) {
        try (SourceGradients gradients = new SourceGradients(network.trainable(), reached)) {
            int drawn = 0;
            for (int source : totals.sources()) {
                List<TokenizedGroup> own = groups.stream()
                        .filter(group -> group.source() == source)
                        .toList();
                for (PackedGroups part : packer.pack(own)) {
                    drawDropout(dropoutSeed, drawn++);
                    network.backward(part.batch(), pooled -> {
                        Tensor outputs = network.outputs(pooled);
                        double[] outputGradient = observe(part, own, totals, pooled, outputs, step);
                        return contract(outputs, totals.upstreamAlone(outputGradient, part.batch()));
                    });
                }
                totals.forWeighting(gradients::take);
            }
            if (!reached.isEmpty()) {
                totals.forWeighting(() -> totals.compareOn(gradients.gram()));
            }
            totals.weigh(weighting, sourceCount);
            totals.forWeighting(() -> gradients.combine(totals.factors()));
            return totals;
        }
    }

    private void drawDropout(long seed, int part) {
        if (network.adapter() != null) {
            network.adapter().drawDropout(seed * 31 + part);
        }
    }

    private void recordAndDescend(
            PackedGroups part,
            List<TokenizedGroup> groups,
            BatchTotals totals,
            Optional<SourceWeighting.Weights> fixed,
            long step) {
        network.backward(part.batch(), pooled -> {
            Tensor outputs = network.outputs(pooled);
            double[] outputGradient = observe(part, groups, totals, pooled, outputs, step);
            fixed.ifPresentOrElse(totals::weights, () -> totals.weigh(weighting, sourceCount));
            return contract(outputs, totals.upstream(outputGradient, part.batch()));
        });
    }

    private double[] look(PackedGroups part, List<TokenizedGroup> groups, BatchTotals totals, long step) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            Tensor pooled = network.pool(part.batch());
            return observe(part, groups, totals, pooled, network.outputs(pooled), step);
        }
    }

    private double[] observe(
            PackedGroups part,
            List<TokenizedGroup> groups,
            BatchTotals totals,
            Tensor pooledND,
            Tensor outputsNK,
            long step) {
        double[] outputs = Tensors.toDoubles(outputsNK);
        requireFinite(outputs, part, groups, step);
        List<TokenizedGroup> own =
                Arrays.stream(part.groups()).mapToObj(groups::get).toList();
        StepLoss.Terms terms = loss.terms(outputs, part.batch(), own);
        totals.add(part.batch(), terms, pooledND);
        return terms.outputGradient();
    }

    /** A scalar whose gradient by the outputs is the given one. */
    private static Tensor contract(Tensor outputsNK, double[] gradient) {
        return outputsNK.flatten().dot(Tensors.floats(gradient, gradient.length));
    }

    private static void requireFinite(double[] outputs, PackedGroups part, List<TokenizedGroup> groups, long step) {
        List<TokenizedGroup> wrong = new ArrayList<>();
        int width = outputs.length / part.batch().responses();
        for (int i = 0; i < outputs.length; i++) {
            if (!Double.isFinite(outputs[i])) {
                wrong.add(groups.get(part.groups()[part.batch().group()[i / width]]));
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssayException(
                    ErrorKind.NUMERIC,
                    "step " + step + ": the reward is not finite for " + RowNames.of(wrong)
                            + "; lower training.learning-rate or use precision fp32. Rewards: "
                            + Arrays.toString(Arrays.copyOf(outputs, Math.min(8, outputs.length))));
        }
    }
}
