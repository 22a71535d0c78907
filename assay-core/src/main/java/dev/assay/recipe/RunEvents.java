package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.WriteFailure;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.method.armorm.GateFit;
import dev.assay.report.TensorBoardWriter;
import dev.assay.training.StepRecord;
import dev.assay.training.TrainingListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes a run's {@code events.jsonl} and TensorBoard files, and its log. */
final class RunEvents implements TrainingListener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> sources;
    private final Path run;
    private BufferedWriter events;
    private final BufferedWriter log;
    private final TensorBoardWriter board;
    private final Consumer<String> echo;

    /** @param echo is given each line of events */
    RunEvents(Path run, List<String> sources, Consumer<String> echo) {
        this.echo = echo;
        this.sources = List.copyOf(sources);
        this.run = run;
        this.events = append(run.resolve("events.jsonl"));
        this.log = append(run.resolve("assay.log"));
        this.board = TensorBoardWriter.create(run, now());
    }

    /**
     * A killed run has told of steps after its last checkpoint; they will come again, so their lines go, and with them the half
     * line that it may have ended in.
     */
    @Override
    public void onResume(long step) {
        Path file = run.resolve("events.jsonl");
        try {
            events.close();
            List<String> kept = Files.readAllLines(file).stream()
                    .filter(line -> stepOf(line).orElse(Long.MAX_VALUE) <= step)
                    .toList();
            AtomicFile.write(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        events = append(file);
        board.restart(now(), step + 1);
    }

    /** The step a line tells of; 0 where it tells of none, nothing where it is no whole line. */
    private static OptionalLong stepOf(String line) {
        try {
            return OptionalLong.of(JSON.readTree(line).path("step").asLong());
        } catch (JacksonException e) {
            return OptionalLong.empty();
        }
    }

    private static BufferedWriter append(Path file) {
        try {
            return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static AssayException cannotWrite(Path file, IOException e) {
        return WriteFailure.of(file, e, "checkpoints from before are whole: make room, then go on with --resume");
    }

    @Override
    public void onStep(StepRecord step) {
        StepEvent told = new StepEvent(step, sources);
        event(told.line());
        board.scalars(now(), step.total(), told.scalars());
    }

    private void event(Map<String, @Nullable Object> event) {
        String line = JSON.writeValueAsString(event);
        write(events, "events.jsonl", line);
        echo.accept(line);
    }

    /**
     * What validation came to at a step.
     *
     * @param measure {@code accuracy} of each source or {@code R2} of each objective
     * @param counts n of each: the pairs of a source or the ratings of an objective
     */
    void onValidation(long step, String measure, Map<String, Double> values, Map<String, Integer> counts) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("validation", values);
        line.put("measure", measure);
        line.put("n", counts);
        event(line);
        Map<String, Double> scalars = new LinkedHashMap<>();
        values.forEach((name, value) -> scalars.put("validation/" + name, value));
        board.scalars(now(), step, scalars);
    }

    /** A look at a gate's held-out pairs; before its first step there is no loss to tell of. */
    void onGate(GateFit.Look look) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("stage", "gate");
        line.put("step", look.step());
        if (look.step() > 0) {
            line.put("loss", look.trainingLoss());
        }
        line.put("heldOutLoss", look.heldOutLoss());
        line.put("heldOutAccuracy", look.heldOutAccuracy());
        line.put("scale", look.scale());
        event(line);
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("gate/held-out-loss", look.heldOutLoss());
        scalars.put("gate/held-out-accuracy", look.heldOutAccuracy());
        scalars.put("gate/scale", look.scale());
        board.scalars(now(), look.step(), scalars);
    }

    @Override
    public void onEvaluation(long step, double metric, boolean best) {
        onMessage("step " + step + ": validation " + metric + (best ? ", the best so far" : ""));
    }

    @Override
    public void onCheckpoint(long step, Path folder) {
        onMessage("step " + step + ": checkpoint " + folder);
    }

    @Override
    public void onMessage(String message) {
        write(log, "assay.log", Instant.now() + " " + message);
    }

    /** Adds to the log of a run whose events are told. */
    static void log(Path run, String message) {
        Path file = run.resolve("assay.log");
        try (BufferedWriter log = append(file)) {
            log.write(Instant.now() + " " + message);
            log.newLine();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private void write(BufferedWriter out, String file, String line) {
        try {
            out.write(line);
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw cannotWrite(run.resolve(file), e);
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    @Override
    public void close() {
        try (BufferedWriter last = events;
                log;
                board) {
            last.flush();
        } catch (IOException e) {
            throw cannotWrite(run, e);
        }
    }
}
