package dev.assay.app;

import dev.assay.study.Scheme;
import dev.assay.study.StudyPlan;
import dev.assay.study.Variant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the studies take that compare ways of learning: which ones, ablations of them, and what they are compared with. */
final class StudyRows {
    @Option(
            names = "--schemes",
            split = ",",
            paramLabel = "SCHEME",
            description = "Of raw, single, multitask, sequential, ensemble, more; all but raw when left out.")
    private List<String> schemes = new ArrayList<>();

    @Option(
            names = "--variant",
            paramLabel = "NAME: PATH=VALUE; ...",
            description = "A further row: the recipe with other values, such as \"momentum 0.5: method={name: more,"
                    + " momentum: 0.5}\". May be given several times.")
    private List<String> variants = new ArrayList<>();

    @Option(names = "--baseline", paramLabel = "ROW", description = "The row differences are from (MultiTask).")
    private @Nullable String baseline;

    List<Scheme> schemes() {
        return schemes.isEmpty() ? Scheme.USUAL : Scheme.parse(schemes);
    }

    /** The plan with the ablations, compared with the row that was named. */
    StudyPlan varied(StudyPlan plan) {
        StudyPlan all = plan.with(variants.stream().map(Variant::parse).toList());
        return baseline == null ? all : all.against(baseline);
    }
}
