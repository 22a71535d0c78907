package dev.assay.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The questions that {@link SourceGrowth} tests: one scheme against another at each K, and all sources against two. */
final class GrowthComparisons {
    private final Measured measured;
    private final StudyPlan plan;
    private final Scheme usual;

    private GrowthComparisons(Measured measured) {
        this.measured = measured;
        this.plan = measured.plan();
        this.usual = usual(plan);
    }

    /** The scheme that others are compared with. */
    static Scheme usual(StudyPlan plan) {
        return plan.models().stream().anyMatch(model -> model.scheme() == Scheme.MULTITASK)
                ? Scheme.MULTITASK
                : plan.models().getFirst().scheme();
    }

    /** Plain rows among themselves; where rows are recalibrated, both questions again without what size alone does. */
    static List<Differences> of(Measured measured, List<Measure> measures) {
        return new GrowthComparisons(measured).all(measures);
    }

    private List<Differences> all(List<Measure> measures) {
        List<Measure> grown =
                measured.known(Measure.AVERAGE, Measure.ECE, Measure.TRUE_ECE, Measure.ABSOLUTE_DIFFERENCE);
        List<Differences> all = new ArrayList<>();
        all.add(compared(measures, usual.title() + " on the same K sources", sameSources(true)));
        all.add(compared(grown, "the same with K = 2", lastAgainstFirst(true)));
        plan.models().stream()
                .flatMap(model -> model.recalibration().stream())
                .findFirst()
                .ifPresent(kind -> {
                    String mended = usual.title() + " on the same K sources, " + Model.named(kind);
                    all.add(compared(Measure.movedByRecalibration(measures), mended, sameSources(false)));
                    String grownMended = "the same with K = 2, both " + Model.named(kind);
                    all.add(compared(Measure.movedByRecalibration(grown), grownMended, lastAgainstFirst(false)));
                });
        return all;
    }

    private Differences compared(List<Measure> measures, String against, List<Versus> rows) {
        return Differences.of(measured, measures, against, rows);
    }

    /**
     * For each model of another scheme that of the usual one which learnt from the same sources. Against recalibrated ones
     * plain models stand too, of all schemes.
     */
    private List<Versus> sameSources(boolean plain) {
        List<Versus> rows = new ArrayList<>();
        for (Model model : plan.models()) {
            if (plain && !model.isPlain() || model.scheme() == usual && model.isPlain() == plain) {
                continue;
            }
            plan.models().stream()
                    .filter(other -> other.scheme() == usual && other.isPlain() == plain)
                    .filter(other -> learnt(other).equals(learnt(model)))
                    .forEach(other -> rows.add(new Versus(model, other)));
        }
        return rows;
    }

    /** As a set: in another order they are the same sources. */
    private Set<String> learnt(Model model) {
        return Set.copyOf(measured.learnt(model));
    }

    /** Of each scheme the model of all sources against that of two; none where two are all. */
    private List<Versus> lastAgainstFirst(boolean plain) {
        return plan.models().stream()
                .map(Model::scheme)
                .distinct()
                .map(scheme -> plan.models().stream()
                        .filter(model -> model.scheme() == scheme && model.isPlain() == plain)
                        .toList())
                .filter(models -> models.size() > 1)
                .map(models -> new Versus(models.getLast(), models.getFirst()))
                .toList();
    }
}
