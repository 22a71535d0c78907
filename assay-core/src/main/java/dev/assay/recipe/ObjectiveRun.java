package dev.assay.recipe;

import dev.assay.backbone.LoadOptions;
import dev.assay.data.RatingScale;
import dev.assay.head.ObjectiveHead;
import dev.assay.network.ObjectiveFolder;
import dev.assay.network.RewardNetwork;
import dev.assay.tensor.Precision;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.CheckpointStore;
import dev.assay.training.Stage;
import dev.assay.training.Trainer;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains a decoder and a head of objectives on ratings, end to end (arXiv 2406.12845, Eq. 1), through the trainer every method
 * runs through. What comes out predicts ratings, and is a backbone for a mixture.
 */
final class ObjectiveRun {
    private final Recipe recipe;
    private final RunFolder folder;
    private final ObjectiveRows rows;
    private final List<String> notes;
    private final String fingerprint;

    /** Reads the ratings. */
    ObjectiveRun(Recipe recipe, MethodSection.Objectives method, RunFolder folder) {
        RunRatings ratings = RunRatings.read(recipe);
        this.recipe = recipe;
        this.folder = folder;
        this.rows = ObjectiveRows.of(
                ratings.rows(),
                method.objectives(),
                recipe.data().validation().fraction(),
                recipe.training().seed());
        this.notes = ratings.notes();
        this.fingerprint = ratings.fingerprint();
    }

    /** Names of the sources, in the order the run counts them. */
    List<String> sources() {
        return List.copyOf(rows.train().keySet());
    }

    /**
     * Trains, stores the best and the last model, and measures the best on the held-out ratings.
     *
     * @param training runs a trainer, from the start or from its last checkpoint
     */
    TrainingResult execute(RunEvents events, TrainingListener listener, Training training) {
        notes.forEach(listener::onMessage);
        if (rows.unrated() > 0) {
            events.onMessage(rows.unrated() + " answers have no rating of any objective and are left out");
        }
        try (RunTokens tokens = RunTokens.open(recipe, folder.path());
                RewardNetwork network = NetworkMaker.make(
                        recipe,
                        tokens.tokenizer(),
                        backbone -> ObjectiveHead.random(
                                rows.names(),
                                backbone.config().hiddenSize(),
                                backbone.config().initializerRange(),
                                recipe.training().seed()))) {
            ObjectiveJudge judge = judge(tokens, events);
            Trainer trainer = new Trainer(
                    network,
                    stages(tokens, events),
                    tokens.pad(),
                    new CheckpointStore(folder.checkpoints(), listener),
                    rows.held().isEmpty() ? null : judge,
                    listener);
            TrainingResult result = training.run(trainer);
            if (result.bestMetric().isEmpty()) {
                folder.forgetBest();
            }
            store(network, tokens, folder.last(), result.steps());
            if (result.end() != TrainingResult.End.INTERRUPTED && !rows.held().isEmpty()) {
                measure(judge);
            }
            return result;
        }
    }

    /** Runs a trainer. */
    @FunctionalInterface
    interface Training {
        TrainingResult run(Trainer trainer);
    }

    private List<Stage> stages(RunTokens tokens, RunEvents events) {
        Map<String, List<TokenizedGroup>> groups = new LinkedHashMap<>();
        rows.train()
                .forEach((name, rated) ->
                        groups.put(name, tokens.encode(name, rated, rows.names(), groups.size(), events::onMessage)));
        List<Stage> stages = RecipeStages.of(recipe, groups);
        RecipeStages.batches(recipe, stages).forEach(events::onMessage);
        return stages;
    }

    private ObjectiveJudge judge(RunTokens tokens, RunEvents events) {
        Map<String, Integer> prompts = new LinkedHashMap<>();
        rows.held().forEach(row -> prompts.putIfAbsent(row.prompt().text(), prompts.size()));
        int[] numbers = rows.held().stream()
                .mapToInt(row -> prompts.getOrDefault(row.prompt().text(), 0))
                .toArray();
        return new ObjectiveJudge(
                rows.names(),
                tokens.encode("held out", rows.held(), rows.names(), 0, events::onMessage),
                numbers,
                new PrefixPacker(RecipeStages.packing(recipe), tokens.pad()),
                events,
                (network, step) -> store(network, tokens, folder.best(), step));
    }

    private void store(RewardNetwork network, RunTokens tokens, Path model, long steps) {
        List<RatingScale> scales = new ArrayList<>(rows.objectives().values());
        ObjectiveFolder.write(network, scales, model, tokens.folder(), tokens.manifest(fingerprint, steps));
    }

    /** From the folder as it lies on disk, which also proves that it can be read. */
    private void measure(ObjectiveJudge judge) {
        Path model = Files.isDirectory(folder.best()) ? folder.best() : folder.last();
        try (RewardNetwork stored = ObjectiveFolder.load(model, LoadOptions.scoring(Precision.FLOAT32))) {
            new ObjectiveAccount(rows, judge.qualities(stored)).write(folder);
        }
    }
}
