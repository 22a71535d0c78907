package dev.assay.report;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report of a run: one HTML page without anything outside it, made of nothing but the run folder's {@code
 * recipe.yaml}, {@code events.jsonl} and {@code evaluation.json}, so that it can be made again at any time.
 */
public final class RunReport {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int POINTS = 400;
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#222;background:#fff}
            table{border-collapse:collapse}td,th{padding:.25em .8em;border-bottom:1px solid #ccc;text-align:right}
            td:first-child,th:first-child{text-align:left}pre{background:#f4f4f4;padding:1em;overflow:auto}
            .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(26em,1fr));gap:1em}
            svg{font:11px system-ui,sans-serif;fill:#333;width:100%}.grid{stroke:#ddd}.reference{stroke:#999;stroke-dasharray:4}
            @media (prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}pre{background:#262626}
            svg{fill:#ccc}.grid{stroke:#333}td,th{border-color:#444}}
            """;

    private RunReport() {}

    /** Writes {@code report.html} into the run folder and returns its path. */
    public static Path write(Path run) {
        if (!Files.isRegularFile(run.resolve("recipe.yaml"))) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    run + " is not a run folder (it has no recipe.yaml); name one that assay train wrote");
        }
        try {
            Path page = run.resolve("report.html");
            Files.writeString(page, page(run));
            return page;
        } catch (IOException e) {
            throw new AssayException(ErrorKind.NATIVE, run + ": the report could not be written: " + e.getMessage(), e);
        }
    }

    private static String page(Path run) throws IOException {
        List<String> charts = new ArrayList<>();
        List<JsonNode> steps = events(run.resolve("events.jsonl"));
        charts.addAll(curves(steps));
        StringBuilder body = new StringBuilder();
        Path evaluation = run.resolve("evaluation.json");
        if (Files.isRegularFile(evaluation)) {
            JsonNode result = JSON.readTree(Files.readString(evaluation));
            body.append("<h2>Result</h2>").append(table(result));
            result.get("sources")
                    .properties()
                    .forEach(source -> charts.add(reliability(source.getKey(), source.getValue())));
        }
        body.append("<h2>Charts</h2><div class=\"charts\">");
        charts.forEach(chart -> body.append("<div>").append(chart).append("</div>"));
        body.append("</div><h2>Recipe</h2><pre>")
                .append(Chart.escape(Files.readString(run.resolve("recipe.yaml"))))
                .append("</pre>");
        String title = Chart.escape("Assay run " + run.toAbsolutePath().getFileName());
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title><style>" + STYLE
                + "</style><h1>" + title + "</h1>" + body + "</html>\n";
    }

    private static List<JsonNode> events(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(RunReport::event).flatMap(Optional::stream).toList();
        }
    }

    /** One line; nothing for the half line that a killed run may leave at the end. */
    private static Optional<JsonNode> event(String line) {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static List<String> curves(List<JsonNode> steps) {
        List<String> charts = new ArrayList<>();
        Map<String, List<double[]>> losses = new LinkedHashMap<>();
        Map<String, List<double[]>> weights = new LinkedHashMap<>();
        Map<String, List<double[]>> accuracies = new LinkedHashMap<>();
        for (JsonNode step : steps) {
            double at = step.path("step").asDouble();
            if (step.has("loss")) {
                losses.computeIfAbsent("all", any -> new ArrayList<>())
                        .add(new double[] {at, step.get("loss").asDouble()});
            }
            collect(step.path("losses"), at, losses);
            collect(step.path("weights"), at, weights);
            collect(step.path("validation"), at, accuracies);
        }
        add(charts, "Training loss", "loss", losses);
        add(charts, "Validation accuracy", "accuracy", accuracies);
        add(charts, "Weight of each source (lambda)", "weight", weights);
        return charts;
    }

    private static void collect(JsonNode values, double step, Map<String, List<double[]>> series) {
        values.properties()
                .forEach(entry -> series.computeIfAbsent(entry.getKey(), any -> new ArrayList<>())
                        .add(new double[] {step, entry.getValue().asDouble()}));
    }

    private static void add(List<String> charts, String title, String label, Map<String, List<double[]>> series) {
        if (series.isEmpty()) {
            return;
        }
        Chart chart = new Chart(title, "step", label, range(series, 0), range(series, 1));
        series.forEach((name, points) -> chart.line(name, smooth(points)));
        charts.add(chart.svg());
    }

    private static Chart.Range range(Map<String, List<double[]>> series, int axis) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (List<double[]> points : series.values()) {
            for (double[] point : points) {
                low = Math.min(low, point[axis]);
                high = Math.max(high, point[axis]);
            }
        }
        return new Chart.Range(low, high);
    }

    /** Means of equal stretches, so that a long run stays a small page. */
    private static List<double[]> smooth(List<double[]> points) {
        int width = Math.max(1, points.size() / POINTS);
        List<double[]> means = new ArrayList<>();
        for (int start = 0; start < points.size(); start += width) {
            List<double[]> stretch = points.subList(start, Math.min(points.size(), start + width));
            means.add(new double[] {
                stretch.stream().mapToDouble(point -> point[0]).average().orElse(0),
                stretch.stream().mapToDouble(point -> point[1]).average().orElse(0)
            });
        }
        return means;
    }

    private static String reliability(String name, JsonNode source) {
        List<double[]> points = new ArrayList<>();
        source.path("reliability")
                .forEach(bin -> points.add(new double[] {
                    bin.get("confidence").asDouble(),
                    bin.get("accuracy").get("value").asDouble(),
                    bin.get("accuracy").get("low").asDouble(),
                    bin.get("accuracy").get("high").asDouble()
                }));
        return new Chart(
                        "Reliability: " + name,
                        "confidence",
                        "accuracy",
                        new Chart.Range(0.5, 1),
                        new Chart.Range(0, 1))
                .reference(0.5, 0.5, 1, 1)
                .intervals(name, points)
                .svg();
    }

    private static String table(JsonNode result) {
        StringBuilder html = new StringBuilder("<table><tr><th>source<th>n<th>accuracy<th>ECE<th>Brier<th>NLL");
        result.get("sources").properties().forEach(entry -> row(html, entry.getKey(), entry.getValue()));
        row(html, "Avg", result.path("average"));
        row(html, "W.Avg", result.path("weightedAverage"));
        return html.append("</table>").toString();
    }

    private static void row(StringBuilder html, String name, JsonNode metrics) {
        html.append("<tr><td>")
                .append(Chart.escape(name))
                .append("<td>")
                .append(metrics.path("n").asString(""));
        for (String key : List.of("accuracy", "ece", "brier", "nll")) {
            JsonNode metric = metrics.path(key);
            html.append("<td>");
            if (metric.has("value")) {
                html.append(String.format(
                        Locale.ROOT,
                        "%.3f [%.3f, %.3f]",
                        metric.get("value").asDouble(),
                        metric.get("low").asDouble(),
                        metric.get("high").asDouble()));
            }
        }
    }
}
