package dev.assay.app;

import dev.assay.recipe.RunReports;
import dev.assay.recipe.RunReports.Audit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay report}: one page about one or several runs and studies, made from their folders. */
@Command(name = "report", mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FOLDER",
            arity = "1..*",
            description = "Run folders, of which the others are compared with the first; folders of studies, shown"
                    + " behind the runs.")
    private List<Path> runs = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The HTML file; else report.html in the folder, or beside the first of several.")
    private @Nullable Path output;

    @Option(names = "--no-audit", description = "Leave out the audit, which reads the data again.")
    private boolean withoutAudit;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path page = output == null ? RunReports.usualPlace(runs) : output;
        Console.out(spec).println(RunReports.write(runs, page, withoutAudit ? Audit.NO : Audit.YES));
        Console.out(spec).flush();
        return 0;
    }
}
