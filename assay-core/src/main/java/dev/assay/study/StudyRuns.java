package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.recipe.DataSection;
import dev.assay.recipe.FineTuneSection;
import dev.assay.recipe.Recipe;
import dev.assay.recipe.RecipeData;
import dev.assay.recipe.RecipePaths;
import dev.assay.recipe.RunScores;
import dev.assay.recipe.TrainingRun;
import dev.assay.recipe.TrainingSection;
import dev.assay.training.TrainingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out the trainings of a study. One that is finished, with the same recipe and the same data, is never repeated;
 * one that was killed half way goes on from its checkpoint; one that was made by another recipe is refused.
 */
public final class StudyRuns {
    /** Fingerprints once left out ties and margins. */
    private static final String OR_EARLIER = ", or an earlier version of Assay took their fingerprint";

    private final StudyPlan plan;
    private final Map<DataKey, Facts> facts = new HashMap<>();

    public StudyRuns(StudyPlan plan) {
        this.plan = plan;
    }

    /** What the data of a member depend on. */
    private record DataKey(
            DataSection data, List<String> named, Optional<FineTuneSection> fineTune, TrainingSection training) {}

    /** What is kept of the data of a member, so that no rows stay in memory. */
    private record Facts(String dataFingerprint, String testFingerprint, long pairs) {}

    /**
     * Trains what is not trained yet.
     *
     * @return the scores of all trainings
     * @throws AssayException of kind RECIPE that lists every path that is not there, or every run folder that holds another
     *     training, before anything is trained; of kind INPUT when a training was interrupted
     */
    public StudyScores execute(StudyListener listener) {
        List<Member> members = plan.members();
        members.forEach(member -> RecipePaths.require(member.recipe()));
        List<Todo> todo = new ArrayList<>();
        Problems problems = new Problems(ErrorKind.RECIPE, plan.runs().toString());
        for (Member member : members) {
            if (!isFinished(member, problems)) {
                boolean begun = Files.isDirectory(member.run().resolve("checkpoints"));
                long pairs = member.model().scheme() == Scheme.RAW
                        ? 0
                        : facts(member).pairs();
                todo.add(new Todo(member, begun, pairs));
            }
        }
        problems.throwIfAny();
        listener.onPlan(List.copyOf(todo), members.size() - todo.size());
        for (Todo next : todo) {
            TrainingRun.Outcome outcome =
                    listener.train(next, new TrainingRun(next.member().recipe()));
            if (outcome.training().end() == TrainingResult.End.INTERRUPTED) {
                throw new AssayException(
                        ErrorKind.INPUT,
                        "stopped during " + next.member().id() + "; the same command goes on where this one stopped");
            }
        }
        return StudyScores.read(plan, members);
    }

    private boolean isFinished(Member member, Problems problems) {
        Path file = member.run().resolve("recipe.yaml");
        if (!Files.isRegularFile(file)) {
            return false;
        }
        List<String> changes = changes(Recipe.read(file, List.of()), member.recipe());
        boolean scored =
                RunScores.isIn(member.run()) && Files.isRegularFile(member.run().resolve("evaluation.json"));
        if (changes.isEmpty() && scored) {
            RunScores scores = RunScores.read(member.run());
            if (!scores.dataFingerprint().equals(facts(member).dataFingerprint())) {
                changes.add("the training rows are not those it learnt from" + OR_EARLIER);
            }
            if (!scores.testFingerprint().equals(facts(member).testFingerprint())) {
                changes.add("the test pairs are not those it was measured on" + OR_EARLIER);
            }
        }
        if (!changes.isEmpty()) {
            problems.add(member.id() + " was trained otherwise: " + String.join("; ", changes)
                    + ". Put that back, name another folder with --output, or delete " + member.run()
                    + " to train it again");
        }
        return scored;
    }

    private static List<String> changes(Recipe stored, Recipe wanted) {
        Map<String, String> before = stored.values();
        Map<String, String> now = wanted.values();
        Set<String> paths = new LinkedHashSet<>(before.keySet());
        paths.addAll(now.keySet());
        List<String> changes = new ArrayList<>();
        for (String path : paths) {
            String was = before.getOrDefault(path, "absent");
            String is = now.getOrDefault(path, "absent");
            if (!was.equals(is) && !isFree(path)) {
                changes.add(path + " was " + was + " and is " + is + " now");
            }
        }
        return changes;
    }

    /** A folder may have been moved; bins are laid into stored scores, while steering is in them. */
    private static boolean isFree(String path) {
        return path.equals("output") || path.startsWith("evaluation.") && !path.startsWith("evaluation.steering");
    }

    private Facts facts(Member member) {
        Recipe recipe = member.recipe();
        DataKey key = new DataKey(recipe.data(), recipe.method().named(), recipe.fineTune(), recipe.training());
        return facts.computeIfAbsent(key, any -> {
            RecipeData data = RecipeData.read(recipe);
            return new Facts(data.dataFingerprint(), data.testFingerprint(), data.trainingPairs());
        });
    }
}
