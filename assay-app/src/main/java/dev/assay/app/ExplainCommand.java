package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.data.Conversation;
import dev.assay.recipe.RewardModels;
import dev.assay.report.ExplanationFigures;
import dev.assay.report.ExplanationJson;
import dev.assay.report.ExplanationText;
import dev.assay.report.TopObjectives;
import dev.assay.report.figure.Figure;
import dev.assay.report.figure.FigureFile;
import dev.assay.report.page.ExplanationPage;
import dev.assay.reward.Explanation;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.assay.reward.ScoredPair;
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

    /** A line of the input with its rewards. */
    private sealed interface Explained {
        ExplainedLines.Item item();
    }

    private record One(ExplainedLines.Item item, Reward reward) implements Explained {}

    /** Of chosen and rejected, in this order. */
    private record Two(ExplainedLines.Item item, ScoredPair scored) implements Explained {}

    private static Explained explained(ExplainedLines.Item item, RewardModel model) {
        List<Conversation> texts = item.conversations();
        return texts.size() == 2
                ? new Two(item, model.scorePair(texts.getFirst(), texts.getLast()))
                : new One(item, model.score(texts.getFirst()));
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
                all.add(explained(item, loaded));
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
        return one.item().name() + "\n"
                + switch (one) {
                    case One(var item, Reward reward) -> ExplanationText.of(reward, shown);
                    case Two(var item, ScoredPair scored) ->
                        scored.explanation()
                                        .map(pair -> ExplanationText.of(pair, top) + "\n")
                                        .orElse("")
                                + "chosen: " + ExplanationText.of(scored.first(), shown)
                                + "\nrejected: " + ExplanationText.of(scored.second(), shown);
                };
    }

    private static String jsonLines(List<Explained> all) {
        StringBuilder lines = new StringBuilder();
        for (Explained one : all) {
            Map<String, Object> line = new LinkedHashMap<>();
            if (one.item().id() != null) {
                line.put("id", one.item().id());
            }
            line.putAll(
                    switch (one) {
                        case One(var item, Reward reward) -> ExplanationJson.of(reward);
                        case Two(var item, ScoredPair scored) -> ExplanationJson.of(scored);
                    });
            lines.append(ConversationLines.JSON.writeValueAsString(line)).append('\n');
        }
        return lines.toString();
    }

    private Figure figure(Explained one, TopObjectives shown) {
        if (one instanceof Two two && two.scored.explanation().isPresent()) {
            return ExplanationFigures.of(two.scored.explanation().get(), top);
        }
        if (one instanceof One single && single.reward.explanation() instanceof Explanation.Mixture mixture) {
            return ExplanationFigures.of(mixture, shown);
        }
        throw new AssayException(
                ErrorKind.INPUT,
                "--svg: " + model + " gives one number without objectives, so that there are no bars to draw");
    }

    private String page(List<Explained> all, TopObjectives shown) {
        ExplanationPage page = new ExplanationPage(model, shown);
        for (Explained one : all) {
            String name = one.item().name();
            List<Conversation> texts = one.item().conversations();
            switch (one) {
                case One(var item, Reward reward) -> page.add(name, texts.getFirst(), reward);
                case Two(var item, ScoredPair scored) -> page.add(name, texts.getFirst(), texts.getLast(), scored);
            }
        }
        return page.html();
    }
}
