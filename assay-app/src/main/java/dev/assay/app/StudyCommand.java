package dev.assay.app;

import dev.assay.study.AgreementStudy;
import dev.assay.study.CrossSource;
import dev.assay.study.Drift;
import dev.assay.study.Sequence;
import dev.assay.study.SourceGrowth;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay study}: the questions of the papers on MORE, one verb each. */
@Command(name = "study", mixinStandardHelpOptions = true)
final class StudyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(Console.out(spec));
        }
        return 0;
    }

    @Command(
            name = CrossSource.NAME,
            mixinStandardHelpOptions = true,
            description = "What each way of learning is worth on each source: accuracy, calibration, differences.")
    int crossSource(@Mixin StudyArguments arguments, @Mixin StudyRows rows, @Mixin RecalibratedRows recalibrated) {
        return arguments.run(
                Console.out(spec),
                recalibrated.checked(arguments.crossSource(rows)),
                recalibrated.then(CrossSource::of));
    }

    @Command(
            name = Sequence.NAME,
            mixinStandardHelpOptions = true,
            description = "Whether it matters when a source is learnt: its place in sequential training.")
    int sequence(
            @Mixin StudyArguments arguments,
            @Option(names = "--source", description = "The source that changes its place; the first when left out.")
                    @Nullable
                    String source,
            @Option(names = "--all-orders", description = "Every order of the sources; of at most five.")
                    boolean allOrders) {
        return arguments.run(Console.out(spec), arguments.sequence(source, allOrders), Sequence::of);
    }

    @Command(
            name = SourceGrowth.NAME,
            mixinStandardHelpOptions = true,
            description = "What each further source is worth: the first 2, 3, ... of the recipe.")
    int sources(
            @Mixin StudyArguments arguments,
            @Option(
                            names = "--schemes",
                            split = ",",
                            paramLabel = "SCHEME",
                            description =
                                    "Of multitask, sequential, more, which learn from K sources at once; multitask"
                                            + " and more when left out.")
                    @Nullable
                    List<String> schemes,
            @Option(
                            names = "--order",
                            split = ",",
                            paramLabel = "SOURCE",
                            description = "All training sources in the order in which they are added; the recipe's when"
                                    + " left out.")
                    @Nullable
                    List<String> order,
            @Mixin RecalibratedRows recalibrated) {
        return arguments.run(
                Console.out(spec),
                recalibrated.checked(
                        arguments.sources(schemes == null ? List.of() : schemes, order == null ? List.of() : order)),
                recalibrated.then(SourceGrowth::of));
    }

    @Command(
            name = AgreementStudy.NAME,
            mixinStandardHelpOptions = true,
            description = "Where the sources' own models agree, and what every model makes of both parts.")
    int agreement(@Mixin StudyArguments arguments, @Mixin StudyRows rows) {
        return arguments.run(Console.out(spec), arguments.agreement(rows), AgreementStudy::of);
    }

    @Command(
            name = Drift.NAME,
            mixinStandardHelpOptions = true,
            description = "How large rewards are beside what accuracy supports: spread, boxes, outliers.")
    int drift(@Mixin StudyArguments arguments, @Mixin StudyRows rows) {
        return arguments.run(Console.out(spec), arguments.drift(rows), Drift::of);
    }
}
