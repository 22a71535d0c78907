package dev.assay.training;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.network.RewardNetwork;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import java.util.List;

/**
 * The steps of one stage: its rows drawn, their gradient accumulated and clipped, the weights updated. What a step does
 * depends on the state before it and on the stage, and on nothing else.
 */
final class StageSteps {
    private final Stage stage;
    private final TrainingSettings settings;
    private final AdamW optimizer;
    private final StepComputation computation;

    /** @param pad the id that fills rows */
    StageSteps(RewardNetwork network, Stage stage, AdamW optimizer, int pad) {
        this.stage = stage;
        this.settings = stage.settings();
        this.optimizer = optimizer;
        this.computation = new StepComputation(
                network,
                new PrefixPacker(settings.packing(), pad),
                settings.loss(),
                stage.weighting(),
                stage.sources().size());
    }

    /** A step that was taken: the state after it, and what happened in it. */
    record Taken(TrainingState state, StepRecord record) {}

    /** Takes the step that follows a state. */
    Taken take(TrainingState before) {
        long begin = System.nanoTime();
        List<TokenizedGroup> groups = stage.plan().draws(before.step()).stream()
                .map(draw -> stage.sources().get(draw.source()).get(draw.row()))
                .toList();
        long total = before.total() + 1;
        BatchTotals totals = computation.accumulate(groups, total, settings.seed() * 1_000_003 + before.step());
        double norm = optimizer.clip(settings.optimization().gradientClip());
        if (!Double.isFinite(norm)) {
            throw new AssayException(
                    ErrorKind.NUMERIC,
                    "step " + total + ": the gradient is not finite although the rewards are, of " + RowNames.of(groups)
                            + "; lower training.learning-rate or use precision fp32");
        }
        double rate = settings.optimization().schedule().at(before.step());
        optimizer.update(rate);
        optimizer.clearGradients();
        TrainingState after =
                before.stepped(optimizer.updates(), stage.weighting().state());
        return new Taken(after, record(after, totals, groups, norm, rate, (System.nanoTime() - begin) / 1e9));
    }

    private StepRecord record(
            TrainingState after,
            BatchTotals totals,
            List<TokenizedGroup> groups,
            double norm,
            double rate,
            double seconds) {
        double[] losses = totals.meanLosses();
        double loss = 0;
        for (int s = 0; s < losses.length; s++) {
            loss += totals.lambda()[s] * losses[s];
        }
        // Before the seconds of weighing, which they are a part of.
        double[][] cosines = totals.cosines();
        return new StepRecord(
                stage.name(),
                after.step(),
                settings.steps(),
                after.total(),
                loss,
                totals.sources(),
                losses,
                totals.lambda(),
                cosines,
                norm,
                rate,
                totals.accuracy(),
                groups.size(),
                groups.stream().mapToLong(TokenizedGroup::tokens).sum(),
                seconds,
                totals.weightingSeconds());
    }
}
