package dev.assay.recipe;

import dev.assay.data.Origin;
import dev.assay.data.Strength;
import dev.assay.evaluation.PairScore;
import dev.assay.evaluation.PairScores;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * The columns that {@link RunScores} keeps of one source. A cell that is no finite number is refused with its row: read as 0
 * it would be a reward like any other, and no table would show it. Rows count from 1.
 *
 * @param source its name
 * @param columns {@code {"chosen": [..], "rejected": [..], "label": [..]?, "truth": [..]?, "truncated"}}
 */
record ScoreColumns(String source, JsonNode columns) {
    /**
     * The pairs, in the order of their rows.
     *
     * @throws IllegalArgumentException with the place, where a column is missing or of another length, or a cell is no number
     */
    PairScores pairs() {
        int n = columns.path("chosen").size();
        double[] chosen = column("chosen", n);
        double[] rejected = column("rejected", n);
        boolean labelled = columns.has("label");
        double[] label = labelled ? column("label", n) : new double[0];
        boolean known = columns.has("truth");
        double[] truth = known ? column("truth", n) : new double[0];
        List<PairScore> pairs = new ArrayList<>();
        for (int row = 0; row < n; row++) {
            Strength strength = new Strength(
                    labelled ? label[row] : 1,
                    OptionalDouble.empty(),
                    known ? OptionalDouble.of(truth[row]) : OptionalDouble.empty());
            pairs.add(new PairScore(
                    chosen[row], rejected[row], strength, Origin.of(source, source + " (test)", row + 1L)));
        }
        return new PairScores(source, pairs, columns.path("truncated").asInt(0));
    }

    private double[] column(String name, int n) {
        JsonNode column = columns.path(name);
        String place = "sources." + source + "." + name;
        if (!column.isArray()) {
            throw new IllegalArgumentException(
                    place + (column.isMissingNode() ? " is missing" : " is no list, but " + column));
        }
        if (column.size() != n) {
            throw new IllegalArgumentException(
                    place + " has " + column.size() + " rows, and sources." + source + ".chosen " + n);
        }
        double[] numbers = new double[n];
        for (int row = 0; row < n; row++) {
            JsonNode cell = column.get(row);
            if (!cell.isNumber() || !Double.isFinite(cell.asDouble())) {
                throw new IllegalArgumentException(place + ", row " + (row + 1) + ": " + cell + " is no finite number");
            }
            numbers[row] = cell.asDouble();
        }
        return numbers;
    }
}
