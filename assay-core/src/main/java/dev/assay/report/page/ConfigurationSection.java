package dev.assay.report.page;

import dev.assay.report.page.Page.Cell;
import dev.assay.report.page.Page.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The recipes as settings: where the runs differ first, then what they share. */
final class ConfigurationSection {
    /** Runs that fit beside each other. */
    private static final int ABREAST = 5;

    private ConfigurationSection() {}

    static void write(Page page, List<RunFacts> runs) {
        page.heading("Configuration");
        Set<String> paths = new LinkedHashSet<>();
        runs.forEach(run -> paths.addAll(run.settings().keySet()));
        if (paths.isEmpty()) {
            page.paragraph("The settings are not known: the recipe is of another version of Assay.");
            return;
        }
        if (runs.size() == 1) {
            settings(page, runs, paths, "All settings of the recipe, defaults included.");
            return;
        }
        Set<String> different = new LinkedHashSet<>();
        paths.stream()
                .filter(path -> !path.equals("output"))
                .filter(path ->
                        runs.stream().map(run -> value(run, path)).distinct().count() > 1)
                .forEach(different::add);
        if (different.isEmpty()) {
            page.paragraph("All runs have the same settings.");
        } else {
            abreast(runs).forEach(shown -> differences(page, shown, different));
        }
        paths.removeAll(different);
        paths.remove("output");
        settings(page, runs.subList(0, 1), paths, "Settings that all runs share.");
    }

    private static String value(RunFacts run, String path) {
        return run.settings().getOrDefault(path, "–");
    }

    /** The runs in groups for a table each, the first run at the left of all, since the others are compared with it. */
    private static List<List<RunFacts>> abreast(List<RunFacts> runs) {
        List<List<RunFacts>> groups = new ArrayList<>();
        for (int from = 1; from < runs.size(); from += ABREAST - 1) {
            List<RunFacts> group = new ArrayList<>(List.of(runs.getFirst()));
            group.addAll(runs.subList(from, Math.min(runs.size(), from + ABREAST - 1)));
            groups.add(group);
        }
        return groups;
    }

    private static void differences(Page page, List<RunFacts> runs, Set<String> different) {
        List<String> headings = new ArrayList<>(List.of("setting"));
        runs.forEach(run -> headings.add(run.name()));
        List<Row> rows = different.stream()
                .map(path -> {
                    List<Cell> cells = new ArrayList<>(List.of(Cell.of(path)));
                    String usual = value(runs.getFirst(), path);
                    for (RunFacts run : runs) {
                        cells.add(Cell.of(value(run, path))
                                .strong(!value(run, path).equals(usual)));
                    }
                    return new Row(cells, false);
                })
                .toList();
        page.settings(
                headings,
                rows,
                "Where the runs differ; what is not as in " + runs.getFirst().name() + " is marked.");
    }

    /** Two settings a line, so that they fill the width. */
    private static void settings(Page page, List<RunFacts> runs, Set<String> paths, String caption) {
        List<String> all = List.copyOf(paths);
        int half = (all.size() + 1) / 2;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < half; i++) {
            List<String> cells = new ArrayList<>(List.of(all.get(i), value(runs.getFirst(), all.get(i))));
            boolean second = half + i < all.size();
            cells.add(second ? all.get(half + i) : "");
            cells.add(second ? value(runs.getFirst(), all.get(half + i)) : "");
            rows.add(Row.of(cells));
        }
        page.settings(List.of("setting", "value", "setting", "value"), rows, caption);
    }
}
