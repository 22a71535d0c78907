package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.recipe.RewardModels;
import dev.assay.report.ExplanationFigures;
import dev.assay.report.ExplanationJson;
import dev.assay.report.ExplanationText;
import dev.assay.report.TopObjectives;
import dev.assay.report.figure.Figure;
import dev.assay.report.figure.FigureFile;
import dev.assay.report.page.ExplanationPage;
import dev.assay.reward.Explanation;
import dev.assay.reward.PairExplanation;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay explain}: why answers have their rewards, and which objective decided between two. */
@Command(name = "explain", mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, description = "Model folder, run folder or hub://owner/name.")
    private String model = "";

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "JSON lines, - for standard input; without it, a sample is explained. A line is {\"messages\": [...]},"
                            + " {\"prompt\": ..., \"response\": ...} or a pair {\"prompt\": ..., \"chosen\": ..., \"rejected\": ...}.")
    private @Nullable String input;

    @Option(names = "--top", description = "Objectives shown by name (default: ${DEFAULT-VALUE}).")
    private int top = 8;

    @Option(
            names = "--top-by",
            paramLabel = "WHAT",
            description =
                    "contribution to the reward, or coefficient, which all answers to a prompt share, as on the model card of"
                            + " the published mixture (default: ${DEFAULT-VALUE}). Differences of a pair go by contribution.")
    private String topBy = "contribution";

    @Mixin
    private SteeringArguments steering = new SteeringArguments();

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description =
                    "Write JSON, a line for each of the input, to a file, or to standard output in place of the text.")
    private @Nullable String json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the first explanation as bars (.svg or .png).")
    private @Nullable Path svg;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with all explanations.")
    private @Nullable Path html;

    @Spec
    private @Nullable CommandSpec spec;

    /** A line of the input with its rewards: one, or chosen and rejected. */
    private record Explained(ExplainedLines.Item item, List<Reward> rewards) {
        boolean isPair() {
            return rewards.size() == 2;
        }

        /** Both explanations as a pair, where both are mixtures. */
        @Nullable
        PairExplanation pair() {
            return isPair()
                            && rewards.getFirst().explanation() instanceof Explanation.Mixture first
                            && rewards.getLast().explanation() instanceof Explanation.Mixture second
                    ? new PairExplanation(first, second)
                    : null;
        }
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new AssayException(ErrorKind.INPUT, "--top " + top + ": at least 1 objective has to be shown");
        }
        TopObjectives shown = new TopObjectives(top, Choice.of(TopObjectives.By.class, "--top-by", topBy));
        List<ExplainedLines.Item> items = input == null ? ExplainedLines.sample() : ExplainedLines.read(input);
        List<Explained> all = new ArrayList<>();
        try (RewardModel loaded = RewardModels.load(model, steering.steering())) {
            for (ExplainedLines.Item item : items) {
                all.add(new Explained(item, loaded.score(item.conversations())));
            }
        }
        PrintWriter out = Console.out(spec);
        if ("-".equals(json)) {
            out.print(jsonLines(all));
        } else {
            all.forEach(one -> out.println(text(one, shown)));
            if (json != null) {
                AtomicFile.write(Path.of(json), jsonLines(all));
            }
        }
        out.flush();
        if (svg != null) {
            FigureFile.write(svg, figure(all.getFirst(), shown));
        }
        if (html != null) {
            AtomicFile.write(html, page(all, shown));
        }
        return 0;
    }

    private String text(Explained one, TopObjectives shown) {
        if (!one.isPair()) {
            return one.item().name() + "\n" + ExplanationText.of(one.rewards().getFirst(), shown);
        }
        PairExplanation pair = one.pair();
        return one.item().name() + "\n"
                + (pair == null ? "" : ExplanationText.of(pair, top) + "\n")
                + "chosen: " + ExplanationText.of(one.rewards().getFirst(), shown)
                + "\nrejected: " + ExplanationText.of(one.rewards().getLast(), shown);
    }

    private static String jsonLines(List<Explained> all) {
        StringBuilder lines = new StringBuilder();
        for (Explained one : all) {
            Map<String, Object> line = new LinkedHashMap<>();
            if (one.item().id() != null) {
                line.put("id", one.item().id());
            }
            line.putAll(
                    one.isPair()
                            ? ExplanationJson.of(
                                    one.rewards().getFirst(), one.rewards().getLast())
                            : ExplanationJson.of(one.rewards().getFirst()));
            lines.append(ConversationLines.JSON.writeValueAsString(line)).append('\n');
        }
        return lines.toString();
    }

    private Figure figure(Explained one, TopObjectives shown) {
        PairExplanation pair = one.pair();
        if (pair != null) {
            return ExplanationFigures.of(pair, top);
        }
        if (one.rewards().getFirst().explanation() instanceof Explanation.Mixture mixture) {
            return ExplanationFigures.of(mixture, shown);
        }
        throw new AssayException(
                ErrorKind.INPUT,
                "--svg: " + model + " gives one number without objectives, so that there are no bars to draw");
    }

    private String page(List<Explained> all, TopObjectives shown) {
        ExplanationPage page = new ExplanationPage(model, shown);
        for (Explained one : all) {
            if (one.isPair()) {
                page.add(
                        one.item().name(),
                        one.item().conversations().getFirst(),
                        one.rewards().getFirst(),
                        one.item().conversations().getLast(),
                        one.rewards().getLast());
            } else {
                page.add(
                        one.item().name(),
                        one.item().conversations().getFirst(),
                        one.rewards().getFirst());
            }
        }
        return page.html();
    }
}
