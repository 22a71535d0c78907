package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import dev.assay.evaluation.calibration.CrossFit;
import dev.assay.evaluation.calibration.PromptHalves;
import dev.assay.evaluation.calibration.RecalibrationKind;
import dev.assay.recipe.RecipeData;
import dev.assay.recipe.RunScores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What every model of a study said of every test pair, with every seed. With one seed all models scored the same pairs;
 * with another seed these may be others.
 *
 * @param plan the study
 * @param scores of each model, by seed
 * @param fits the maps of each recalibrated row, by seed
 */
public record StudyScores(
        StudyPlan plan, Map<Model, Map<Long, List<PairScores>>> scores, Map<Model, Map<Long, CrossFit>> fits) {
    /** Equal studies have equal halves. */
    private static final long HALVES = 0;

    public StudyScores {
        scores = Map.copyOf(scores);
        fits = Map.copyOf(fits);
    }

    /** Rewards as they were given. */
    StudyScores(StudyPlan plan, Map<Model, Map<Long, List<PairScores>>> scores) {
        this(plan, scores, Map.of());
    }

    /** Reads the scores of finished trainings and computes the ensembles. */
    static StudyScores read(StudyPlan plan, List<Member> members) {
        Map<Model, Map<Long, List<PairScores>>> scores = new HashMap<>();
        Map<Long, String> tests = new HashMap<>();
        for (Member member : members) {
            RunScores stored = RunScores.read(member.run());
            String test = tests.computeIfAbsent(member.seed(), seed -> stored.testFingerprint());
            if (!test.equals(stored.testFingerprint())) {
                throw new AssayException(
                        ErrorKind.DATA,
                        member.id()
                                + " was measured on other pairs than the models beside it; give the recipe data.test,"
                                + " so that every model is measured on the same sources");
            }
            scores.computeIfAbsent(member.model(), any -> new HashMap<>()).put(member.seed(), stored.sources());
        }
        return new StudyScores(plan, scores).withEnsembles();
    }

    /** With what is computed from the models of one source each. */
    private StudyScores withEnsembles() {
        Map<Model, Map<Long, List<PairScores>>> all = new HashMap<>(scores);
        for (Model model : plan.models()) {
            if (model.scheme() == Scheme.ENSEMBLE) {
                Map<Long, List<PairScores>> bySeed = new HashMap<>();
                plan.seeds().forEach(seed -> bySeed.put(seed, ensemble(seed)));
                all.put(model, bySeed);
            }
        }
        return new StudyScores(plan, all);
    }

    /** The scores of a model with a seed, source by source. */
    public List<PairScores> of(Model model, long seed) {
        List<PairScores> found = scores.getOrDefault(model, Map.of()).get(seed);
        if (found == null) {
            throw new IllegalArgumentException(model.name() + " was not trained with seed " + seed);
        }
        return found;
    }

    /**
     * The same study with each row a second time, its differences read through a cross-fitted recalibration. Nothing is
     * trained or scored again.
     *
     * @throws AssayException of kind DATA where the test pairs do not make two halves, or a half tells nothing
     */
    public StudyScores recalibrated(RecalibrationKind kind) {
        StudyPlan wider = plan.recalibrated(kind);
        Map<Model, Map<Long, List<PairScores>>> all = new HashMap<>(scores);
        Map<Model, Map<Long, CrossFit>> maps = new HashMap<>();
        for (Member member : plan.firstOfEachSeed()) {
            PromptHalves halves =
                    PromptHalves.of(RecipeData.read(member.recipe()).measured(), HALVES);
            for (Model model : plan.models()) {
                CrossFit fit = CrossFit.of(kind, of(model, member.seed()), halves);
                Model row = model.recalibrated(kind);
                all.computeIfAbsent(row, any -> new HashMap<>()).put(member.seed(), fit.scores());
                maps.computeIfAbsent(row, any -> new HashMap<>()).put(member.seed(), fit);
            }
        }
        return new StudyScores(wider, all, maps);
    }

    /** The cross-fitted maps of a recalibrated row, in the order of the seeds. */
    List<CrossFit> fits(Model recalibrated) {
        Map<Long, CrossFit> bySeed = fits.getOrDefault(recalibrated, Map.of());
        return plan.seeds().stream().map(bySeed::get).filter(Objects::nonNull).toList();
    }

    /** The mean of the rewards of the models of one source each. */
    private List<PairScores> ensemble(long seed) {
        List<List<PairScores>> singles =
                plan.singles().stream().map(single -> of(single, seed)).toList();
        List<PairScores> mean = new ArrayList<>();
        for (int s = 0; s < singles.getFirst().size(); s++) {
            int source = s;
            mean.add(mean(singles.stream().map(each -> each.get(source)).toList()));
        }
        return mean;
    }

    private static PairScores mean(List<PairScores> models) {
        PairScores first = models.getFirst();
        List<PairScore> pairs = new ArrayList<>();
        for (int i = 0; i < first.pairs().size(); i++) {
            double chosen = 0;
            double rejected = 0;
            for (PairScores model : models) {
                chosen += model.pairs().get(i).chosen() / models.size();
                rejected += model.pairs().get(i).rejected() / models.size();
            }
            PairScore pair = first.pairs().get(i);
            pairs.add(new PairScore(chosen, rejected, pair.strength(), pair.origin()));
        }
        return new PairScores(first.source(), pairs, first.truncated());
    }
}
