package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.network.RewardNetwork;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.CheckpointStore;
import dev.assay.training.Stage;
import dev.assay.training.Trainer;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recipe carried out in its run folder: data to tokens to a trained network to a model folder with its evaluation and
 * report. The one entry to training, for the command line and for Java.
 */
public final class TrainingRun {
    private static final TrainingResult UNTRAINED =
            new TrainingResult(TrainingResult.End.COMPLETED, 0, OptionalDouble.empty(), 0);

    private final Recipe recipe;
    private final RunFolder folder;
    private boolean acceptChanges;
    private Consumer<String> echo = line -> {};
    private volatile Runnable stop = () -> {};
    private volatile boolean interrupted;

    /** A run of a recipe in the folder it names. */
    public TrainingRun(Recipe recipe) {
        this.recipe = recipe;
        this.folder = new RunFolder(Path.of(recipe.output()));
    }

    /**
     * What came out.
     *
     * @param training how the training ended
     * @param evaluation of the best checkpoint on the test sources, or on the validation pairs where there are none; absent
     *     when the run was interrupted
     * @param tables what the method has to tell besides, for people; empty for most
     */
    public record Outcome(TrainingResult training, Optional<EvaluationResult> evaluation, String tables) {}

    /** Lets a resumed run go on with other values of {@code training} and {@code method} than it began with. */
    public TrainingRun acceptingChanges() {
        acceptChanges = true;
        return this;
    }

    /** Hands over each line of {@code events.jsonl} as it is written. */
    public TrainingRun echoing(Consumer<String> lines) {
        echo = lines;
        return this;
    }

    /** Asks the run to stop after its step, with a checkpoint; may be called from any thread. */
    public void interrupt() {
        interrupted = true;
        stop.run();
    }

    /** Passes interruptions on, also one that came before there was anybody to pass it to. */
    private void stopBy(Runnable running) {
        stop = running;
        if (interrupted) {
            running.run();
        }
    }

    /**
     * Trains, evaluates and reports.
     *
     * @param resume whether to go on from the newest checkpoint; otherwise a folder that holds a run is refused
     * @param listener is told of each step
     */
    public Outcome execute(boolean resume, TrainingListener listener) {
        RecipePaths.require(recipe);
        folder.make();
        try (RunLock lock = RunLock.of(folder.path())) {
            return locked(resume, listener);
        }
    }

    private Outcome locked(boolean resume, TrainingListener listener) {
        List<String> changes = folder.prepare(recipe, resume, acceptChanges);
        if (recipe.method() instanceof MethodSection.Objectives objectives) {
            return objectives(objectives, changes, resume, listener);
        }
        RunData data = RunData.read(recipe);
        String fingerprint = RlhflowStates.fingerprint(recipe).orElseGet(data::fingerprint);
        TrainingResult result = switch (recipe.method()) {
            case MethodSection.Ensemble ensemble ->
                new EnsembleRun(recipe, folder)
                        .execute(ensemble.members(), data.learntNames(), listener, member -> stopBy(member::interrupt));
            case MethodSection.ArmoRm mixture -> mixture(mixture, data, fingerprint, changes, resume, listener);
            default -> network(data, fingerprint, changes, resume, listener);
        };
        if (result.end() == TrainingResult.End.INTERRUPTED) {
            return new Outcome(result, Optional.empty(), "");
        }
        recipe.evaluation().options().caution().ifPresent(caution -> caution(caution, listener));
        return new Outcome(
                result,
                RunEvaluation.of(recipe, folder.path(), data, fingerprint, caution -> caution(caution, listener)),
                MixtureAccount.tables(folder));
    }

    private void caution(String caution, TrainingListener listener) {
        RunEvents.log(folder.path(), "evaluation: " + caution);
        listener.onMessage("evaluation: " + caution);
    }

    private Outcome objectives(
            MethodSection.Objectives method, List<String> changes, boolean resume, TrainingListener listener) {
        ObjectiveRun run = new ObjectiveRun(recipe, method, folder);
        TrainingResult result;
        try (RunEvents events = new RunEvents(folder.path(), run.sources(), echo)) {
            changes.forEach(change -> events.onMessage("resumed with another recipe: " + change));
            TrainingListener both = new TrainingListeners(List.of(events, listener));
            result = run.execute(events, both, made -> train(made, resume));
        }
        if (result.end() == TrainingResult.End.INTERRUPTED) {
            return new Outcome(result, Optional.empty(), "");
        }
        RunReports.write(List.of(folder.path()), folder.path().resolve("report.html"), RunReports.Audit.NO);
        return new Outcome(result, Optional.empty(), MixtureAccount.tables(folder));
    }

    private TrainingResult mixture(
            MethodSection.ArmoRm method,
            RunData data,
            String fingerprint,
            List<String> changes,
            boolean resume,
            TrainingListener listener) {
        try (RunEvents events = new RunEvents(folder.path(), data.learntNames(), echo)) {
            changes.forEach(change -> events.onMessage("resumed with another recipe: " + change));
            TrainingListener both = new TrainingListeners(List.of(events, listener));
            RunRatings ratings = RunRatings.read(recipe);
            ratings.notes().forEach(both::onMessage);
            return new MixtureRun(recipe, method, folder, events, both, () -> interrupted)
                    .execute(data, ratings.rows(), fingerprint, resume && changes.isEmpty());
        }
    }

    private TrainingResult network(
            RunData data, String fingerprint, List<String> changes, boolean resume, TrainingListener listener) {
        try (RunTokens tokens = RunTokens.open(recipe, folder.path());
                RewardNetwork network = NetworkMaker.make(recipe, tokens.tokenizer());
                RunEvents events = new RunEvents(folder.path(), data.learntNames(), echo)) {
            changes.forEach(change -> events.onMessage("resumed with another recipe: " + change));
            TrainingListener both = new TrainingListeners(List.of(events, listener));
            List<Stage> stages = stages(data, tokens, events);
            TrainingResult result = stages.isEmpty()
                    ? UNTRAINED
                    : train(trainer(data, tokens, network, stages, events, both, fingerprint), resume);
            if (result.bestMetric().isEmpty()) {
                folder.forgetBest();
            }
            tokens.store(network, folder.last(), fingerprint, result.steps());
            if (result.end() != TrainingResult.End.COMPLETED) {
                events.onMessage("ended after step " + result.steps() + ": "
                        + result.end().words());
            }
            return result;
        }
    }

    private List<Stage> stages(RunData data, RunTokens tokens, RunEvents events) {
        events.onMessage("special tokens: " + tokens.tokenizer().specialTokens().text());
        Map<String, List<TokenizedGroup>> rows = new LinkedHashMap<>();
        for (TrainingSource source : data.train()) {
            rows.put(source.name(), tokens.encode(source, rows.size(), events::onMessage));
        }
        List<Stage> stages = RecipeStages.of(recipe, rows);
        RecipeStages.batches(recipe, stages).forEach(events::onMessage);
        SamplingRecord sampling = new SamplingRecord(data.train(), stages);
        sampling.lines().forEach(events::onMessage);
        sampling.write(folder.path(), recipe.data().mixing(), recipe.training().seed());
        return stages;
    }

    private Trainer trainer(
            RunData data,
            RunTokens tokens,
            RewardNetwork network,
            List<Stage> stages,
            RunEvents events,
            TrainingListener listener,
            String fingerprint) {
        return new Trainer(
                network,
                stages,
                tokens.pad(),
                new CheckpointStore(folder.checkpoints(), listener),
                judge(data, tokens, events, fingerprint),
                listener);
    }

    private @Nullable ValidationJudge judge(RunData data, RunTokens tokens, RunEvents events, String fingerprint) {
        Map<String, List<TokenizedGroup>> held = new LinkedHashMap<>();
        data.validation()
                .forEach(source ->
                        held.put(source.name(), tokens.encode(source.name(), source.pairs(), 0, events::onMessage)));
        if (held.isEmpty()) {
            return null;
        }
        return new ValidationJudge(
                data.learntNames(),
                held,
                new PrefixPacker(RecipeStages.packing(recipe), tokens.pad()),
                events,
                (network, step) -> tokens.store(network, folder.best(), fingerprint, step));
    }

    private TrainingResult train(Trainer made, boolean resume) {
        stopBy(made::interrupt);
        try {
            return resume ? made.resume() : made.run();
        } catch (AssayException e) {
            if (e.kind() != ErrorKind.NUMERIC) {
                throw e;
            }
            throw new AssayException(
                    e.kind(),
                    e.getMessage() + ". Resuming repeats each step to the bit, so change what made this one fail. Go on"
                            + " with: assay train " + folder.path().resolve("recipe.yaml")
                            + " --resume --accept-changes --set training.learning-rate="
                            + recipe.training().learningRate() / 2,
                    e);
        }
    }
}
