package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.PreferencePair;
import dev.assay.data.PreferenceSource;
import dev.assay.data.audit.Check;
import dev.assay.data.audit.DataAudit;
import dev.assay.data.audit.Finding;
import dev.assay.data.audit.TrainingRows;
import dev.assay.data.format.DataFormat;
import dev.assay.data.format.PreferenceReaders;
import dev.assay.data.format.RowFaults;
import dev.assay.data.hub.Hub;
import dev.assay.report.AuditVerdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is wrong with preference files. The exit code is 1 when an error was found, so that a pipeline stops. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Look for what spoils a reward model: identical pairs, leaks, duplicates, length bias, ...",
        footer = "Exit code 1: an error was found. docs/data.md explains every check.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DataAuditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "training pairs, or hub:// references")
    private List<String> files;

    @Option(names = "--test", arity = "1..*", description = "test pairs: their prompts must not be trained on")
    private List<String> tests = new ArrayList<>();

    @Option(names = "--format", description = "of the files (default: told by their columns)")
    private @Nullable String format;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    /** A file as it is audited. */
    private record Audited(PreferenceSource source, RowFaults faults) {
        static Audited read(String name, @Nullable DataFormat given) {
            Path file = Hub.local(name);
            List<PreferencePair> pairs = PreferenceReaders.pairsAndTies(file, name, given);
            if (pairs.isEmpty()) {
                throw new AssayException(
                        ErrorKind.DATA,
                        file + ": of format " + (given == null ? PreferenceReaders.format(file) : given).wireName()
                                + ", and no two answers to one prompt in it; there is nothing to audit");
            }
            return new Audited(new PreferenceSource(name, pairs), RowFaults.of(file, name, given));
        }
    }

    @Override
    public Integer call() {
        DataFormat its = format == null ? null : DataFormat.parse(format);
        List<Audited> all =
                EveryFile.read(Stream.concat(files.stream(), tests.stream()).toList(), file -> Audited.read(file, its));
        List<Audited> training = all.subList(0, files.size());
        TrainingRows rows =
                TrainingRows.of(training.stream().map(Audited::source).toList());
        List<Finding> findings = new ArrayList<>();
        training.forEach(each -> findings.addAll(DataAudit.ofTraining(each.source(), each.faults(), rows)));
        all.subList(files.size(), all.size())
                .forEach(each -> findings.addAll(DataAudit.ofTest(each.source(), each.faults(), rows)));
        List<AuditVerdict> verdicts = findings.stream().map(AuditVerdict::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ConversationLines.JSON.writeValueAsString(
                    verdicts.stream().map(DataAuditCommand::tree).toList()));
        } else {
            all.forEach(each -> print(out, each.source(), verdicts));
            long found = verdicts.stream().filter(AuditVerdict::isFound).count();
            out.println(found == 0 ? "Nothing suspicious was found." : found + " findings.");
        }
        out.flush();
        return verdicts.stream().anyMatch(AuditVerdict::isError) ? 1 : 0;
    }

    private static String severity(AuditVerdict verdict) {
        return verdict.isFound() ? verdict.finding().check().severity().name().toLowerCase(Locale.ROOT) : "none";
    }

    private static Map<String, Object> tree(AuditVerdict verdict) {
        Finding finding = verdict.finding();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("source", finding.source());
        tree.put("check", finding.check().key());
        tree.put("severity", severity(verdict));
        tree.put("count", finding.count());
        tree.put("rows", finding.rows());
        if (finding.rows() > 0) {
            tree.put("share", verdict.share());
        }
        tree.put("examples", finding.examples());
        if (verdict.isFound()) {
            tree.put("meaning", finding.check().meaning());
            tree.put("next", finding.check().advice());
        }
        return tree;
    }

    /** What was found in one file, the worst first, and always its lengths. */
    private static void print(PrintWriter out, PreferenceSource source, List<AuditVerdict> verdicts) {
        out.println(source.name() + ": " + source.pairs().size() + " pairs");
        verdicts.stream()
                .filter(verdict -> verdict.finding().source().equals(source.name()))
                .filter(DataAuditCommand::isShown)
                .sorted(Comparator.comparing((AuditVerdict verdict) ->
                                verdict.finding().check().severity())
                        .reversed())
                .forEach(verdict -> line(out, verdict));
    }

    private static boolean isShown(AuditVerdict verdict) {
        return verdict.isFound()
                || verdict.finding().check() == Check.LENGTH
                        && verdict.finding().rows() > 0;
    }

    private static void line(PrintWriter out, AuditVerdict verdict) {
        Finding finding = verdict.finding();
        out.printf(
                Locale.ROOT,
                "  %-7s %s in %d of %d rows, %.1f %% [%.1f, %.1f]%n",
                verdict.isFound() ? severity(verdict) : "",
                finding.check().meaning(),
                finding.count(),
                finding.rows(),
                100 * verdict.share().value(),
                100 * verdict.share().low(),
                100 * verdict.share().high());
        if (verdict.isFound() && finding.check() != Check.LENGTH) {
            out.println("          such as " + String.join(", ", finding.examples()));
        }
        if (verdict.isFound()) {
            out.println("          -> " + finding.check().advice());
        }
    }
}
