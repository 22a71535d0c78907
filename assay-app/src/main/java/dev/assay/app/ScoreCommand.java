package dev.assay.app;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Conversation;
import dev.assay.data.format.JsonFault;
import dev.assay.data.format.Utf8Lines;
import dev.assay.evaluation.calibration.CalibratedRewards;
import dev.assay.evaluation.calibration.Recalibration;
import dev.assay.recipe.ModelCalibration;
import dev.assay.recipe.RewardModels;
import dev.assay.report.SteeringJson;
import dev.assay.reward.Reward;
import dev.assay.reward.RewardModel;
import dev.assay.reward.Steering;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code assay score}: a JSON conversation a line in, a JSON reward a line out, in the same order. A line that cannot be
 * read, or that the model refuses, gets an {@code error} in its place, and the exit code says so at the end: nothing else
 * is lost. No more lines are
 * held than are scored at once, so input of any length flows through.
 */
@Command(name = "score", mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    private static final int CHUNK = 256;

    @Option(names = "--model", required = true, description = "Model folder, run folder or hub://owner/name.")
    private String model = "";

    @Option(names = "--rewards", description = "raw, or calibrated by what assay calibrate has stored (default: raw).")
    private String rewards = "raw";

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "JSON lines, plain or gzipped; - or nothing for standard input. A line is {\"messages\": [...]} or"
                            + " {\"prompt\": ..., \"response\": ...}; its \"id\" comes back with the reward.")
    private @Nullable String file;

    @Option(names = "--input", paramLabel = "FILE|-", description = "The same as FILE.")
    private @Nullable String given;

    @Mixin
    private SteeringArguments steering = new SteeringArguments();

    @Spec
    private @Nullable CommandSpec spec;

    /** One line of input: a conversation, or what is wrong with it. */
    private record Line(String place, ConversationLines.@Nullable Item item, String error) {}

    /** A line with its reward, or without one and with the reason. */
    private record Answer(Line line, @Nullable Reward reward, String error) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Console.out(spec);
        PrintWriter err = Console.err(spec);
        String input = input();
        Map<String, Object> steered = SteeringJson.about(steering.steering());
        try (RewardModel loaded = load();
                Utf8Lines lines = open(input)) {
            int wrong = 0;
            for (List<Utf8Lines.Line> chunk = next(lines); !chunk.isEmpty(); chunk = next(lines)) {
                wrong += write(answers(loaded, parse(chunk, input)), steered, out, err);
            }
            if (wrong > 0) {
                err.println("assay score: " + wrong + " of " + lines.number()
                        + " lines have no reward; the error in each one's place says why");
                err.flush();
            }
            return wrong > 0 ? ErrorKind.INPUT.exitCode() : 0;
        } catch (EOFException | ZipException e) {
            throw new AssayException(ErrorKind.INPUT, JsonFault.in(Path.of(input), e), e);
        }
    }

    private RewardModel load() {
        RewardScale scale = Choice.of(RewardScale.class, "--rewards", rewards);
        Steering asked = steering.steering(scale);
        if (scale == RewardScale.RAW) {
            return RewardModels.load(model, asked);
        }
        // First the map, which may refuse single rewards, and then the weights.
        Recalibration map = ModelCalibration.of(model);
        CalibratedRewards.requireUnit(map);
        return new CalibratedRewards(RewardModels.load(model), map);
    }

    private String input() {
        if (file != null && given != null) {
            throw new AssayException(
                    ErrorKind.INPUT, "both FILE (" + file + ") and --input " + given + " are given; leave one out");
        }
        String named = file != null ? file : given;
        return named == null ? "-" : named;
    }

    private static Utf8Lines open(String input) throws IOException {
        return input.equals("-") ? new Utf8Lines(System.in) : Utf8Lines.open(Path.of(input));
    }

    /** Waits for one line and takes those that are there already, so that a pipe gets its answer at once. */
    private static List<Utf8Lines.Line> next(Utf8Lines lines) throws IOException {
        List<Utf8Lines.Line> chunk = new ArrayList<>();
        try {
            Utf8Lines.Line line = lines.next();
            while (line != null) {
                chunk.add(line);
                line = chunk.size() < CHUNK && lines.ready() ? lines.next() : null;
            }
        } catch (EOFException | ZipException e) {
            // Of a zipped file that is cut off the lines before the cut are still scored; the next read fails again.
            if (chunk.isEmpty()) {
                throw e;
            }
        }
        return chunk;
    }

    private static List<Line> parse(List<Utf8Lines.Line> chunk, String input) {
        List<Line> parsed = new ArrayList<>();
        for (Utf8Lines.Line line : chunk) {
            String place = (input.equals("-") ? "standard input" : input) + ":" + line.number();
            try {
                parsed.add(new Line(place, ConversationLines.parse(line.text(), place), ""));
            } catch (AssayException e) {
                parsed.add(new Line(place, null, String.valueOf(e.getMessage())));
            }
        }
        return parsed;
    }

    /** All lines in one go; where the model refuses a conversation, one by one, so that the others lose nothing. */
    private static List<Answer> answers(RewardModel model, List<Line> lines) {
        List<Conversation> conversations = new ArrayList<>();
        for (Line line : lines) {
            if (line.item() != null) {
                conversations.add(line.item().conversation());
            }
        }
        try {
            Iterator<Reward> rewards = model.score(conversations).iterator();
            return lines.stream()
                    .map(line -> new Answer(line, line.item() == null ? null : rewards.next(), line.error()))
                    .toList();
        } catch (AssayException e) {
            requireInput(e);
            return lines.stream().map(line -> alone(model, line)).toList();
        }
    }

    private static Answer alone(RewardModel model, Line line) {
        if (line.item() == null) {
            return new Answer(line, null, line.error());
        }
        try {
            return new Answer(line, model.score(line.item().conversation()), "");
        } catch (AssayException e) {
            requireInput(e);
            return new Answer(line, null, line.place() + ": " + e.getMessage());
        }
    }

    /** What is wrong with the model or the machine ends everything; what is wrong with a line ends that line. */
    private static void requireInput(AssayException failure) {
        if (failure.kind() != ErrorKind.INPUT && failure.kind() != ErrorKind.DATA) {
            throw failure;
        }
    }

    /** Prints the answers, each with the steering its reward depends on, and says how many lines have no reward. */
    private static int write(List<Answer> answers, Map<String, Object> steered, PrintWriter out, PrintWriter err) {
        int wrong = 0;
        for (Answer answer : answers) {
            Map<String, Object> json = new LinkedHashMap<>();
            ConversationLines.Item item = answer.line().item();
            if (item != null && item.id() != null) {
                json.put("id", item.id());
            }
            Reward reward = answer.reward();
            if (reward == null) {
                json.put("error", answer.error());
                err.println(answer.error());
                wrong++;
            } else {
                json.put("reward", reward.value());
                if (!reward.objectives().isEmpty()) {
                    json.put("objectives", objectives(reward));
                }
                json.put("tokens", reward.tokens());
                json.put("truncated", reward.truncated());
                json.putAll(steered);
            }
            out.println(ConversationLines.JSON.writeValueAsString(json));
        }
        out.flush();
        return wrong;
    }

    /** The rewards a mixture was made of, on the scale it mixes on. */
    private static Map<String, Double> objectives(Reward reward) {
        Map<String, Double> byName = new LinkedHashMap<>();
        reward.objectives().forEach((objective, value) -> byName.put(objective.name(), value));
        return byName;
    }
}
