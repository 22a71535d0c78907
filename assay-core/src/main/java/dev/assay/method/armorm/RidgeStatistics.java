package dev.assay.method.armorm;

import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * All that least squares needs to know of the rows, one pass over each: for every pattern of missing labels the symmetric matrix
 * {@code Z'Z} of {@code Z = [X - s, 1, Y]}, X the features, s a shift near their mean, Y the ratings of the pattern. An
 * objective's normal equations are the sum over the patterns that rate it. Everything is added up in double; of the matrix only
 * the upper blocks are computed.
 *
 * <p>One matrix a pattern: no row is multiplied twice, whatever it rates. Where there are so many patterns that their matrices would
 * take more memory than the features, there is one a group of objectives instead, at most K, and a row is multiplied once for
 * each group it rates.
 *
 * <p>The shift keeps the variances from drowning in the means when an intercept is fitted.
 */
final class RidgeStatistics implements AutoCloseable {
    /** What matrices may take whatever the features do. */
    private static final long ALWAYS = 64L << 20;

    private final RatedFeatures data;
    private final List<LabelPattern> patterns;
    private final FeatureBlocks blocks;
    private final List<UpperProducts> kept;
    private final int width;

    /**
     * @param shift {@code [D]} in double
     */
    RidgeStatistics(RatedFeatures data, List<LabelPattern> patterns, Tensor shift) {
        this.data = data;
        this.patterns = sorted(data, patterns);
        this.blocks = new FeatureBlocks(data.features(), shift);
        this.width = data.width();
        this.kept = this.patterns.stream()
                .map(pattern -> new UpperProducts(width + 1 + pattern.rated().length))
                .toList();
    }

    private static List<LabelPattern> sorted(RatedFeatures data, List<LabelPattern> patterns) {
        long matrices = patterns.stream()
                .mapToLong(pattern -> UpperProducts.bytes(data.width() + 1 + pattern.rated().length))
                .sum();
        if (matrices <= Math.max(ALWAYS, data.features().bytes())) {
            return patterns;
        }
        List<LabelPattern> groups = LabelPattern.byObjectives(patterns);
        return groups.size() < patterns.size() ? groups : patterns;
    }

    /** How many matrices are kept. */
    int matrices() {
        return kept.size();
    }

    /** Adds rows of each pattern: its training rows, or those held out. */
    void add(Function<LabelPattern, int[]> part) {
        try (TensorScope scope = TensorScope.open()) {
            int labels = patterns.stream().mapToInt(p -> p.rated().length).max().orElse(0);
            Tensor buffer = Tensors.doubleZeros(blocks.size(), width + 1 + labels);
            for (int p = 0; p < patterns.size(); p++) {
                LabelPattern pattern = patterns.get(p);
                UpperProducts products = kept.get(p);
                blocks.forEach(part.apply(pattern), buffer.narrow(1, 0, width), (block, rows) -> {
                    Tensor z = buffer.narrow(0, 0, rows.length).narrow(1, 0, width + 1 + pattern.rated().length);
                    z.narrow(1, width, 1).fill_(Tensors.number(1));
                    z.narrow(1, width + 1, pattern.rated().length).copy_(ratings(pattern, rows));
                    products.add(z);
                });
            }
        }
    }

    private Tensor ratings(LabelPattern pattern, int[] rows) {
        int labels = pattern.rated().length;
        double[] flat = new double[rows.length * labels];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < labels; c++) {
                flat[r * labels + c] = data.ratings()[pattern.rated()[c]][rows[r]];
            }
        }
        return Tensors.doubles(flat, rows.length, labels);
    }

    /** The normal equations of objectives that the same patterns rate; good until others are made in the same space. */
    NormalEquations equations(List<Integer> objectives, boolean intercept, RidgeSpace space) {
        Tensor gram = space.gram().zero_();
        Tensor moments = Tensors.doubleZeros(width + 1, objectives.size());
        Tensor sums = Tensors.doubleZeros(width);
        double[] squares = new double[objectives.size()];
        double rows = 0;
        for (int p = 0; p < patterns.size(); p++) {
            LabelPattern pattern = patterns.get(p);
            if (pattern.column(objectives.getFirst()) < 0) {
                continue;
            }
            UpperProducts products = kept.get(p);
            products.addTo(gram);
            products.addTo(sums, width);
            rows += products.square(width);
            for (int o = 0; o < objectives.size(); o++) {
                int column = width + 1 + pattern.column(objectives.get(o));
                products.addTo(moments.select(1, o), column);
                squares[o] += products.square(column);
            }
        }
        return NormalEquations.of(gram, sums, moments, squares, rows, intercept);
    }

    /** Whether all statistics are finite. */
    boolean finite() {
        try (TensorScope scope = TensorScope.open()) {
            return kept.stream().allMatch(UpperProducts::finite);
        }
    }

    /** Objectives in groups that the same patterns rate. */
    List<List<Integer>> groups() {
        return LabelPattern.groups(patterns);
    }

    @Override
    public void close() {
        kept.forEach(UpperProducts::close);
    }
}
