package dev.assay.app;

import dev.assay.data.hub.Downloads;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * The {@code assay} command. Only the verb that was asked for is loaded, so that {@code assay --help} never touches the
 * tensor engine; {@link #VERBS} is the one list of them.
 */
@Command(name = "assay", mixinStandardHelpOptions = true, version = "assay 0.1.0", sortOptions = false)
public final class Main implements Callable<Integer> {
    /**
     * One verb of the command line.
     *
     * @param name what the user types
     * @param summary one line for the list of verbs and the head of the verb's own help
     * @param command makes the command; called only when the verb was asked for
     */
    record Verb(String name, String summary, Supplier<Callable<Integer>> command) {}

    private static final List<Verb> VERBS = List.of(
            new Verb(
                    "quickstart",
                    "Trains MultiTask and MORE on simulated data and shows all of it.",
                    () -> new QuickstartCommand()),
            new Verb("train", "Trains a reward model by a recipe.", () -> new TrainCommand()),
            new Verb(
                    "embed",
                    "Computes the frozen states of an armorm recipe, in several processes if wanted.",
                    () -> new EmbedCommand()),
            new Verb(
                    "evaluate",
                    "Measures a model: accuracy and calibration, with intervals.",
                    () -> new EvaluateCommand()),
            new Verb(
                    "score",
                    "Gives rewards: a JSON conversation a line in, a JSON reward a line out.",
                    () -> new ScoreCommand()),
            new Verb(
                    "bench",
                    "Runs the public benchmarks: RewardBench, RewardBench 2, RM-Bench.",
                    () -> new BenchCommand()),
            new Verb(
                    "explain",
                    "Says why answers have their rewards, and which objective decided between two.",
                    () -> new ExplainCommand()),
            new Verb("compare", "Tests whether two models differ by more than chance.", () -> new CompareCommand()),
            new Verb(
                    "study",
                    "Trains what a question needs and answers it: schemes side by side, and more.",
                    () -> new StudyCommand()),
            new Verb(
                    "calibrate",
                    "Fits what a model's reward differences mean as probabilities, and keeps it.",
                    () -> new CalibrateCommand()),
            new Verb("export", "Writes a folder that Transformers loads.", () -> new ExportCommand()),
            new Verb("data", "Inspects, audits, converts and simulates preference data.", () -> new DataCommand()),
            new Verb("report", "Writes one page about one or several runs and studies.", () -> new ReportCommand()),
            new Verb("doctor", "Checks this machine: JDK, memory, tensor engine, speed.", () -> new DoctorCommand()));

    @Option(
            names = "--debug",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Print the stack trace of a failure.")
    private boolean debug;

    /** Runs the command line and exits with its code: 0, 1 (below a stated bar), 2 (user's input) or 3 (internal). */
    public static void main(String[] arguments) {
        int code = Interruption.guard(() -> {
            int result = Downloads.reportedTo(
                    new DownloadProgress(), () -> commandLine(arguments).execute(arguments));
            System.out.flush();
            return result;
        });
        System.exit(code);
    }

    /** The command line for these arguments, with the verb they name loaded and the others known by name alone. */
    static CommandLine commandLine(String... arguments) {
        CommandLine root = new CommandLine(new Main());
        String asked = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        for (Verb verb : VERBS) {
            root.addSubcommand(verb.name(), asked.equals(verb.name()) ? loaded(verb) : named(verb));
        }
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setExecutionExceptionHandler(Failures::onException);
        root.setParameterExceptionHandler(Failures::onWrongUsage);
        root.getCommandSpec()
                .usageMessage()
                .description("Trains, evaluates, explains and serves reward models.")
                .footer("", "`assay VERB --help` says more; `assay quickstart` shows everything once.");
        return root;
    }

    private static CommandLine loaded(Verb verb) {
        CommandLine line = new CommandLine(verb.command().get());
        line.getCommandSpec().usageMessage().description(verb.summary());
        return line;
    }

    private static CommandLine named(Verb verb) {
        CommandSpec spec = CommandSpec.create().name(verb.name());
        spec.usageMessage().description(verb.summary());
        return new CommandLine(spec);
    }

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
        return 0;
    }

    boolean debug() {
        return debug;
    }
}
