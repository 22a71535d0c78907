package dev.assay.study;

import dev.assay.recipe.DataSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the numbers of a study are, in sentences a reader of the table needs. */
final class About {
    private About() {}

    static List<String> lines(Measured measured, String question) {
        StudyPlan plan = measured.plan();
        Optional<DataSection.Simulated> simulated = plan.base().data().simulated();
        List<String> lines = new ArrayList<>();
        lines.add(question);
        lines.add(measured.n() + " test pairs" + (simulated.isPresent() ? " of simulated annotators" : "") + " from "
                + measured.testSources().size() + " sources, " + seeds(plan) + ".");
        lines.add(
                measured.overSeeds()
                        ? "Each number is the mean over " + plan.seeds().size()
                                + " seeds ± half of Student's 95 % interval over seeds; one that is not defined with all of"
                                + " them says with how many it is."
                        : "Brackets are 95 % intervals over test pairs; one seed says nothing about the spread between"
                                + " trainings, --seeds 1,2,3 does.");
        if (measured.overSeeds() && simulated.isEmpty()) {
            lines.add(
                    "All seeds are tested on pairs of the same files: their interval tells how far trainings differ, not how"
                            + " far other test pairs would.");
        }
        plan.base().fineTune().ifPresent(last -> lines.add(fineTuned(plan, last.source())));
        return lines;
    }

    private static String fineTuned(StudyPlan plan, String source) {
        List<String> rows = plan.models().stream()
                .filter(model -> model.isPlain() && Member.keepsFineTune(plan.base(), model))
                .map(Model::name)
                .toList();
        return "The recipe ends with fine-tuning on " + source + ": "
                + (rows.isEmpty()
                        ? "no row here has this stage, which belongs to the recipe's own method."
                        : "so does " + String.join(", ", rows)
                                + ", and no other row, since the stage belongs to the recipe's own method.");
    }

    /** The same, with what a calibration error depends on. */
    static List<String> withCalibration(Measured measured, String question) {
        List<String> lines = lines(measured, question);
        boolean simulated = measured.plan().base().data().simulated().isPresent();
        lines.add("ECE has " + measured.plan().base().evaluation().options().words()
                + "; \"pooled\" takes the pairs of all sources together, otherwise it is the mean over"
                + " sources" + (simulated ? "; the true ECE is against the known probabilities." : "."));
        measured.plan()
                .base()
                .evaluation()
                .options()
                .caution()
                .ifPresent(caution -> lines.add("Caution: " + caution + "."));
        return lines;
    }

    private static String seeds(StudyPlan plan) {
        String which = plan.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String what = plan.base().data().simulated().isPresent() ? " (of world and training)" : " (of training)";
        return (plan.seeds().size() == 1 ? "seed " : "seeds ") + which + what;
    }
}
