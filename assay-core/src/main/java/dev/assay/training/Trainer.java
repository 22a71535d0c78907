package dev.assay.training;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.network.RewardNetwork;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stages of a method, one after the other, and resumes them to the bit: a step depends on the state of the last
 * checkpoint and on its own number, and on nothing else. Stops early, on time, or when asked, always with a checkpoint.
 *
 * <p>A stage begins with the weights the one before it ended with, a fresh optimizer and no best evaluation: what was best
 * before learnt nothing of this stage. Patience ends a stage, the limit on time and an interruption end the training.
 */
public final class Trainer {
    private final RewardNetwork network;
    private final List<Stage> stages;
    private final int pad;
    private final @Nullable CheckpointStore checkpoints;
    private final @Nullable Evaluation evaluation;
    private final TrainingListener listener;
    private volatile boolean interrupted;

    /**
     * @param network what is trained; stays the caller's
     * @param stages in order, at least one
     * @param pad the id that fills rows
     * @param checkpoints where the state is saved and resumed from; null: nowhere
     * @param evaluation judges between steps; null: nothing does
     */
    public Trainer(
            RewardNetwork network,
            List<Stage> stages,
            int pad,
            @Nullable CheckpointStore checkpoints,
            @Nullable Evaluation evaluation,
            TrainingListener listener) {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("nothing to train: no stages");
        }
        this.network = network;
        this.stages = List.copyOf(stages);
        this.pad = pad;
        this.checkpoints = checkpoints;
        this.evaluation = evaluation;
        this.listener = listener;
    }

    /** Asks a running training to stop after its step, with a checkpoint; may be called from any thread. */
    public void interrupt() {
        interrupted = true;
    }

    /** Trains from the start. */
    public TrainingResult run() {
        return run(TrainingState.begin(0, 0, stages.getFirst()), optimizer(0));
    }

    /** Goes on from the newest whole checkpoint, or from the start where there is none. */
    public TrainingResult resume() {
        CheckpointStore store = checkpoints;
        if (store == null) {
            throw new IllegalStateException("without checkpoints there is nothing to resume from");
        }
        Optional<CheckpointStore.Restored> restored = store.restore(network.trainable(), found -> {
            requireSameRows(found);
            return optimizer(found.stage());
        });
        if (restored.isEmpty()) {
            listener.onResume(0);
            return run();
        }
        TrainingState state = restored.get().state();
        listener.onResume(state.total());
        listener.onMessage("resuming after step " + state.total());
        return run(state, restored.get().optimizer());
    }

    private AdamW optimizer(int stage) {
        return new AdamW(
                network.trainable(), stages.get(stage).settings().optimization().adamW());
    }

    private void requireSameRows(TrainingState found) {
        if (found.stage() >= stages.size()) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    "the checkpoint after step " + found.total() + " is of stage " + (found.stage() + 1)
                            + ", but this training has " + stages.size()
                            + "; resume with the recipe it was begun with");
        }
        Stage stage = stages.get(found.stage());
        String rows = stage.fingerprint();
        if (!rows.equals(found.rows())) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT,
                    "the rows of stage " + stage.name() + " are not those of the checkpoint after step " + found.total()
                            + " (fingerprint " + found.rows() + " then, " + rows
                            + " now): a data file, the tokenizer or how rows are drawn has changed; put it back, or start"
                            + " another run with --output");
        }
    }

    private TrainingResult run(TrainingState start, AdamW firstOptimizer) {
        long begin = System.nanoTime();
        TrainingState state = start;
        AdamW optimizer = firstOptimizer;
        for (int index = start.stage(); index < stages.size(); index++) {
            if (index > start.stage()) {
                optimizer = optimizer(index);
                state = TrainingState.begin(index, state.total(), stages.get(index));
            }
            try (StageRun run = new StageRun(stages.get(index), state, optimizer)) {
                TrainingResult.End end = run.toEnd(begin);
                state = run.state();
                if (end != TrainingResult.End.COMPLETED && end != TrainingResult.End.EARLY_STOPPED
                        || index == stages.size() - 1) {
                    return state.result(end);
                }
            }
        }
        throw new IllegalStateException("a training always ends in its last stage");
    }

    /** The failure with the checkpoint that came before it. */
    private AssayException withLastGood(AssayException e) {
        String last = Optional.ofNullable(checkpoints)
                .flatMap(CheckpointStore::newestWhole)
                .map(place -> "The last good checkpoint is " + place)
                .orElse("No checkpoint was written before");
        return new AssayException(e.kind(), e.getMessage() + ". " + last, e);
    }

    /** One stage from its first or a later step to its end. */
    private final class StageRun implements AutoCloseable {
        private final Stage stage;
        private final TrainingSettings settings;
        private final AdamW optimizer;
        private final StageSteps steps;
        private TrainingState state;

        StageRun(Stage stage, TrainingState state, AdamW optimizer) {
            this.stage = stage;
            this.settings = stage.settings();
            this.state = state;
            this.optimizer = optimizer;
            this.steps = new StageSteps(network, stage, optimizer, pad);
            stage.weighting().restore(state.weighting());
        }

        TrainingState state() {
            return state;
        }

        TrainingResult.End toEnd(long begin) {
            if (isOutOfPatience()) {
                return TrainingResult.End.EARLY_STOPPED;
            }
            while (state.step() < settings.steps()) {
                step();
                boolean last = state.step() == settings.steps();
                boolean better = evaluateIfDue(last);
                TrainingResult.End end = ending(begin);
                if (last
                        || end != TrainingResult.End.COMPLETED
                        || due(settings.milestones().checkpointEvery())
                        || better) {
                    checkpoint();
                }
                if (end != TrainingResult.End.COMPLETED) {
                    return end;
                }
            }
            return TrainingResult.End.COMPLETED;
        }

        private void step() {
            try {
                StageSteps.Taken taken = steps.take(state);
                state = taken.state();
                listener.onStep(taken.record());
            } catch (AssayException e) {
                throw e.kind() == ErrorKind.NUMERIC || e.kind() == ErrorKind.NATIVE ? withLastGood(e) : e;
            }
        }

        /** Whether this was an evaluation that found a better state. */
        private boolean evaluateIfDue(boolean last) {
            Evaluation judge = evaluation;
            if (judge == null || !(due(settings.milestones().evaluationEvery()) || last)) {
                return false;
            }
            if (network.adapter() != null) {
                network.adapter().dropoutOff();
            }
            double metric = judge.evaluate(network, stage, state.total());
            boolean better = state.isBestYet(metric);
            state = state.judged(metric);
            if (better) {
                judge.onBest(network, state.total());
            }
            listener.onEvaluation(state.total(), metric, better);
            return better;
        }

        private boolean due(long interval) {
            return interval > 0 && state.step() % interval == 0;
        }

        private TrainingResult.End ending(long begin) {
            if (interrupted) {
                return TrainingResult.End.INTERRUPTED;
            }
            if (isOutOfPatience()) {
                return TrainingResult.End.EARLY_STOPPED;
            }
            boolean late = System.nanoTime() - begin > settings.length().limit().toNanos();
            return late ? TrainingResult.End.TIME_LIMIT : TrainingResult.End.COMPLETED;
        }

        private boolean isOutOfPatience() {
            return settings.milestones().patience().isPresent()
                    && state.sinceBest() >= settings.milestones().patience().getAsInt();
        }

        private void checkpoint() {
            if (checkpoints != null) {
                checkpoints.save(state, network.trainable(), optimizer);
            }
        }

        @Override
        public void close() {
            optimizer.close();
        }
    }
}
