package dev.assay.study;

import dev.assay.report.page.StudyFacts.Reproduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command that carries out a study again, from its plan: whoever made the plan, it can be typed. */
final class StudyCommandLine {
    private StudyCommandLine() {}

    static Reproduction of(String study, StudyPlan plan) {
        List<String> words = new ArrayList<>(List.of("./assay", "study", study, "recipe.yaml"));
        words.addAll(List.of("--seeds", joined(plan.seeds())));
        words.addAll(rows(study, plan));
        for (Model model : plan.models()) {
            if (model.isPlain() && model.scheme() == Scheme.VARIANT) {
                words.addAll(List.of("--variant", model.name() + ": " + String.join("; ", model.changes())));
            }
        }
        plan.models().stream()
                .flatMap(model -> model.recalibration().stream())
                .distinct()
                .forEach(kind -> words.addAll(List.of("--recalibrate", Model.named(kind))));
        if (study.equals(SourceGrowth.NAME)) {
            SourceGrowth.order(plan).ifPresent(order -> words.addAll(List.of("--order", joined(order))));
        }
        plan.baseline().ifPresent(baseline -> words.addAll(List.of("--baseline", baseline)));
        words.addAll(List.of("--output", plan.folder().toString()));
        return new Reproduction(
                words.stream().map(StudyCommandLine::quoted).collect(Collectors.joining(" ")),
                plan.base().toYaml());
    }

    private static List<String> rows(String study, StudyPlan plan) {
        if (study.equals(Sequence.NAME)) {
            Optional<String> moved = Sequence.moved(plan);
            return moved.map(source -> List.of("--source", source)).orElse(List.of("--all-orders"));
        }
        return List.of(
                "--schemes",
                joined(plan.models().stream()
                        .map(Model::scheme)
                        .filter(scheme -> scheme != Scheme.VARIANT)
                        .distinct()
                        .map(Scheme::key)
                        .toList()));
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** As a shell takes it, whatever the word holds. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9._,/=:-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
