package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.EnsembleFolder;
import dev.assay.checkpoint.StoredCalibration;
import dev.assay.data.format.JsonFault;
import dev.assay.evaluation.EvaluationOptions;
import dev.assay.evaluation.EvaluationResult;
import dev.assay.evaluation.Evaluator;
import dev.assay.evaluation.calibration.Recalibration;
import dev.assay.evaluation.calibration.StoredRecalibration;
import dev.assay.recipe.RunReports.Audit;
import dev.assay.report.EvaluationJson;
import dev.assay.report.page.RunFacts;
import dev.assay.report.page.RunFacts.DataFacts;
import dev.assay.report.page.RunFacts.Recalibrated;
import dev.assay.report.page.RunFacts.SourceRows;
import dev.assay.report.page.RunFacts.TestScores;
import dev.assay.report.page.RunHistory;
import dev.assay.report.page.StoredEvaluation;
import dev.assay.report.page.StoredObjectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a report tells about a run from its folder. What is missing there is left out of the report. */
final class RunFactsReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path run;
    private final Audit audit;
    private final Map<String, RunAudit> audits;

    /** @param audits those already made, by the fingerprint of the data */
    RunFactsReader(Path run, Audit audit, Map<String, RunAudit> audits) {
        this.run = run;
        this.audit = audit;
        this.audits = audits;
    }

    RunFacts read(String name) {
        try {
            String text = Files.readString(run.resolve("recipe.yaml"));
            Optional<Recipe> recipe = recipe(text);
            Optional<TestScores> scores = scores();
            return new RunFacts(
                    name,
                    run.toString(),
                    text,
                    recipe.map(Recipe::values).orElse(Map.of()),
                    RunHistory.read(run.resolve("events.jsonl")),
                    evaluation(),
                    scores,
                    scores.flatMap(each -> recalibrated(each, recipe)),
                    objectives(),
                    data(recipe, scores),
                    manifest());
        } catch (IOException | JacksonException e) {
            throw new AssayException(
                    ErrorKind.CHECKPOINT, run + ": the run folder cannot be read: " + JsonFault.of(e), e);
        }
    }

    /** Nothing for a recipe of another version, whose text is shown all the same. */
    private Optional<Recipe> recipe(String text) {
        try {
            return Optional.of(Recipe.parse(text, run.resolve("recipe.yaml").toString(), List.of()));
        } catch (AssayException e) {
            return Optional.empty();
        }
    }

    private Optional<StoredEvaluation> evaluation() throws IOException {
        Path file = run.resolve("evaluation.json");
        return Files.isRegularFile(file) ? Optional.of(StoredEvaluation.read(file)) : Optional.empty();
    }

    private Optional<StoredObjectives> objectives() throws IOException {
        Path file = run.resolve(MixtureAccount.JSON_FILE);
        return Files.isRegularFile(file) ? Optional.of(StoredObjectives.read(file)) : Optional.empty();
    }

    private Optional<TestScores> scores() {
        if (!RunScores.isIn(run)) {
            return Optional.empty();
        }
        RunScores stored = RunScores.read(run);
        return Optional.of(new TestScores(stored.testFingerprint(), stored.sources()));
    }

    /** Nothing where the model was never recalibrated, or is not there any more. */
    private Optional<Recalibrated> recalibrated(TestScores scores, Optional<Recipe> recipe) {
        Optional<StoredCalibration> stored = hasModel() ? ModelCalibration.stored(run.toString()) : Optional.empty();
        return stored.map(calibration -> {
            Recalibration map = StoredRecalibration.read(calibration, run.toString());
            EvaluationOptions options =
                    recipe.map(each -> each.evaluation().options()).orElse(EvaluationOptions.DEFAULT);
            EvaluationResult result = new Evaluator(options)
                    .evaluate(scores.sources().stream().map(map::apply).toList());
            return new Recalibrated(
                    calibration.kind(),
                    calibration.pairs(),
                    calibration.sources(),
                    StoredEvaluation.of(EvaluationJson.text(Map.of(), result)));
        });
    }

    private boolean hasModel() {
        RunFolder folder = new RunFolder(run);
        return EnsembleFolder.is(run) || Files.isDirectory(folder.best()) || Files.isDirectory(folder.last());
    }

    private DataFacts data(Optional<Recipe> recipe, Optional<TestScores> scores) throws IOException {
        List<SourceRows> sources = new ArrayList<>();
        Path file = run.resolve("sampling.json");
        if (Files.isRegularFile(file)) {
            JSON.readTree(Files.readString(file))
                    .path("sources")
                    .properties()
                    .forEach(entry -> sources.add(rows(entry.getKey(), entry.getValue())));
        }
        RunAudit made = audit(recipe, scores);
        return new DataFacts(sources, made.verdicts(), made.words());
    }

    private static SourceRows rows(String source, JsonNode counts) {
        return new SourceRows(
                source,
                counts.path("rows").asLong(),
                counts.path("draws").asLong(),
                counts.path("distinct").asLong(),
                counts.path("most").asLong());
    }

    private RunAudit audit(Optional<Recipe> recipe, Optional<TestScores> scores) {
        if (audit == Audit.NO) {
            return RunAudit.none(
                    "The data was not audited for this page, being large; ./assay report does it, ./assay data audit looks at single files.");
        }
        if (recipe.isEmpty()) {
            return RunAudit.none("The data could not be audited: the recipe is of another version of Assay.");
        }
        String key = recipe.get().data() + " " + recipe.get().training().seed() + " "
                + scores.map(TestScores::fingerprint).orElse("");
        return audits.computeIfAbsent(key, any -> RunAudit.of(recipe.get()));
    }

    /** Versions, and how many steps the reported model was trained. */
    private Map<String, String> manifest() throws IOException {
        RunFolder folder = new RunFolder(run);
        Map<String, String> facts = new LinkedHashMap<>();
        for (Path model : List.of(folder.best(), folder.last())) {
            Path file = model.resolve("assay.json");
            if (facts.isEmpty() && Files.isRegularFile(file)) {
                JsonNode manifest = JSON.readTree(Files.readString(file));
                facts.put("model", model.toString());
                facts.put("trained steps", manifest.path("trained_steps").asString(""));
                facts.put("precision", manifest.path("precision").asString(""));
                manifest.path("versions")
                        .properties()
                        .forEach(version ->
                                facts.put(version.getKey(), version.getValue().asString("")));
            }
        }
        return facts;
    }
}
