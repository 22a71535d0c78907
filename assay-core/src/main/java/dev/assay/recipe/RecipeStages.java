package dev.assay.recipe;

import dev.assay.objective.CenteringPenalty;
import dev.assay.objective.RankingLoss;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.training.AdamW;
import dev.assay.training.BatchPlan;
import dev.assay.training.GroupLoss;
import dev.assay.training.LearningRateSchedule;
import dev.assay.training.RatingLoss;
import dev.assay.training.SourceWeighting;
import dev.assay.training.Stage;
import dev.assay.training.StepLoss;
import dev.assay.training.TrainingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** The stages of training a recipe asks for: none, one, or one a source, and a last one where it is fine-tuned. */
final class RecipeStages {
    private final Recipe recipe;
    private final TrainingSection training;
    private final Map<String, List<TokenizedGroup>> rows;

    private RecipeStages(Recipe recipe, Map<String, List<TokenizedGroup>> rows) {
        this.recipe = recipe;
        this.training = recipe.training();
        this.rows = rows;
    }

    /** How batches are laid out that are only measured. */
    static PackingOptions packing(Recipe recipe) {
        return packing(recipe.training(), PackingOptions.DEFAULT);
    }

    private static PackingOptions packing(TrainingSection training, PackingOptions otherwise) {
        return training.microbatchTokens()
                .map(tokens -> new PackingOptions(PackingOptions.Sharing.AUTO, tokens))
                .orElse(otherwise);
    }

    /**
     * The stages in order.
     *
     * @param rows tokenised rows of every source the run learns from, by name and in the run's order
     * @return none where nothing is trained
     */
    static List<Stage> of(Recipe recipe, Map<String, List<TokenizedGroup>> rows) {
        RecipeStages make = new RecipeStages(recipe, rows);
        List<Stage> stages = new ArrayList<>(make.method());
        recipe.fineTune().ifPresent(section -> stages.add(make.fineTune(section)));
        return stages;
    }

    /** Which stages draw another number of rows a step than the recipe names, and why. */
    static List<String> batches(Recipe recipe, List<Stage> stages) {
        int asked = recipe.training().batchSize();
        return stages.stream()
                .filter(stage -> stage.plan().batchSize() != asked)
                .map(stage -> {
                    int sources = stage.sources().size();
                    int rows = stage.plan().batchSize();
                    return "stage " + stage.name() + ": " + rows + " rows a step in place of the " + asked
                            + " of training.batch-size: mixing: equal draws whole numbers, " + rows / sources
                            + " of each of "
                            + sources + " sources";
                })
                .toList();
    }

    private List<Stage> method() {
        SourceWeighting weighting = MethodCatalog.weighting(recipe.method());
        List<String> names = recipe.methodSources(List.copyOf(rows.keySet()));
        return switch (recipe.method()) {
            case MethodSection.Raw raw -> List.of();
            case MethodSection.Ensemble ensemble -> List.of();
            case MethodSection.ArmoRm mixture -> List.of();
            case MethodSection.Objectives regression -> List.of(stage("objectives", names, weighting, length()));
            case MethodSection.Sequential sequential ->
                names.stream()
                        .map(name -> stage(name, List.of(name), weighting, shareOf(name, names)))
                        .toList();
            case MethodSection.Single single -> List.of(stage("train", names, weighting, length()));
            case MethodSection.BradleyTerry plain -> List.of(stage("train", names, weighting, length()));
            case MethodSection.More more -> List.of(stage("train", names, weighting, length()));
        };
    }

    private Stage fineTune(FineTuneSection section) {
        Length length = new Length(
                section.epochs(), section.maxSteps(), section.learningRate().orElse(training.learningRate()));
        return stage("fine-tune", List.of(section.source()), MethodCatalog.byRows(), length);
    }

    /** How long a stage is, and how fast it learns. */
    private record Length(double epochs, Optional<Integer> maxSteps, double learningRate) {}

    private Length length() {
        return new Length(training.epochs(), training.maxSteps(), training.learningRate());
    }

    /** A limit on the steps of the run is shared by the sources by their sizes. */
    private Length shareOf(String name, List<String> names) {
        double share = (double) rowsOf(name).size()
                / names.stream().mapToInt(each -> rowsOf(each).size()).sum();
        return new Length(
                training.epochs(),
                training.maxSteps().map(most -> (int) Math.max(1, Math.round(most * share))),
                training.learningRate());
    }

    private List<TokenizedGroup> rowsOf(String name) {
        return Objects.requireNonNull(rows.get(name));
    }

    private Stage stage(String name, Collection<String> names, SourceWeighting weighting, Length length) {
        List<List<TokenizedGroup>> sources = names.stream().map(this::rowsOf).toList();
        int[] sizes = sources.stream().mapToInt(List::size).toArray();
        BatchPlan plan = recipe.data().mixing() == DataSection.Mixing.EQUAL
                ? BatchPlan.perSource(sizes, recipe.batchSize(sizes.length) / sizes.length, training.seed())
                : BatchPlan.proportional(sizes, training.batchSize(), training.seed());
        long pairs = sources.stream().mapToLong(List::size).sum();
        long planned = Math.max(1, (long) Math.ceil(length.epochs() * pairs / plan.batchSize()));
        long steps = Math.min(planned, length.maxSteps().orElse(Integer.MAX_VALUE));
        return new Stage(name, sources, plan, weighting, settings(weighting, steps, length.learningRate()));
    }

    private StepLoss loss() {
        double centering = recipe.method() instanceof MethodSection.BradleyTerry plain ? plain.centering() : 0;
        return recipe.method() instanceof MethodSection.Objectives
                ? new RatingLoss()
                : new GroupLoss(new RankingLoss(training.margins()), new CenteringPenalty(centering));
    }

    private TrainingSettings settings(SourceWeighting weighting, long steps, double learningRate) {
        long every = training.evaluationEvery().orElse((int) Math.max(1, steps / 10));
        return new TrainingSettings(
                new TrainingSettings.Length(
                        steps,
                        training.maxMinutes()
                                .map(minutes -> Duration.ofSeconds(Math.round(60 * minutes)))
                                .orElse(TrainingSettings.Length.UNLIMITED)),
                packing(training, weighting.needsWholeBatch() ? PackingOptions.DEFAULT : PackingOptions.SMALL),
                new TrainingSettings.Optimization(
                        new AdamW.Options(0.9, 0.999, 1e-8, training.weightDecay()),
                        new LearningRateSchedule(
                                LearningRateSchedule.Shape.valueOf(
                                        training.schedule().name()),
                                learningRate,
                                steps,
                                training.warmup()),
                        training.gradientClip()),
                loss(),
                new TrainingSettings.Milestones(
                        every,
                        training.patience().map(OptionalInt::of).orElse(OptionalInt.empty()),
                        training.checkpointEvery().orElse((int) Math.min(every, Integer.MAX_VALUE))),
                training.seed());
    }
}
