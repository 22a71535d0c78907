package dev.assay.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which rows each step sees: a pure function of the step, so that a resumed run sees what the first one would have. Every
 * source (or pool) is passed through in a fresh random order each epoch, without a row coming twice before all came once.
 */
public final class BatchPlan {
    private final List<Pool> pools;

    private BatchPlan(List<Pool> pools) {
        this.pools = List.copyOf(pools);
    }

    /**
     * One row of a step.
     *
     * @param source index of the source
     * @param row index of the row in it
     */
    public record Draw(int source, int row) {}

    /** So many rows of every source each step: MORE's batches, and MultiTask's on equal terms. */
    public static BatchPlan perSource(int[] sizes, int rowsPerSource, long seed) {
        List<Pool> pools = new ArrayList<>();
        for (int s = 0; s < sizes.length; s++) {
            int source = s;
            pools.add(new Pool(sizes[s], rowsPerSource, seed + 1_000_003L * s, row -> new Draw(source, row)));
        }
        return new BatchPlan(pools);
    }

    /** Batches from the concatenation of all sources: each comes as often as its size says. */
    public static BatchPlan proportional(int[] sizes, int batchSize, long seed) {
        int[] starts = new int[sizes.length + 1];
        for (int s = 0; s < sizes.length; s++) {
            starts[s + 1] = starts[s] + sizes[s];
        }
        return new BatchPlan(List.of(new Pool(starts[sizes.length], batchSize, seed, row -> {
            int place = Arrays.binarySearch(starts, row);
            int source = place >= 0 ? place : -place - 2;
            return new Draw(source, row - starts[source]);
        })));
    }

    /** The rows of a step, counted from 0, in a fixed order. */
    public List<Draw> draws(long step) {
        List<Draw> draws = new ArrayList<>();
        pools.forEach(pool -> pool.draw(step, draws));
        return draws;
    }

    /** Rows a step. */
    public int batchSize() {
        return pools.stream().mapToInt(pool -> pool.perStep).sum();
    }

    /** How often every row of the smallest pool comes in so many steps: its repeats. */
    public double mostEpochs(long steps) {
        return pools.stream()
                .mapToDouble(pool -> (double) steps * pool.perStep / pool.size)
                .max()
                .orElse(0);
    }

    private interface Placing {
        Draw place(int row);
    }

    private static final class Pool {
        private final int size;
        private final int perStep;
        private final long seed;
        private final Placing placing;
        private long epoch = -1;
        private int[] order = {};

        Pool(int size, int perStep, long seed, Placing placing) {
            if (size < 1 || perStep < 1) {
                throw new IllegalArgumentException("a source of " + size + " rows cannot give " + perStep + " a step");
            }
            this.size = size;
            this.perStep = perStep;
            this.seed = seed;
            this.placing = placing;
        }

        void draw(long step, List<Draw> draws) {
            long position = Math.multiplyExact(step, perStep);
            for (int i = 0; i < perStep; i++, position++) {
                draws.add(placing.place(order(position / size)[(int) (position % size)]));
            }
        }

        private synchronized int[] order(long wanted) {
            if (epoch != wanted) {
                order = shuffled(new SplittableRandom(seed * 0x9e3779b97f4a7c15L + wanted));
                epoch = wanted;
            }
            return order;
        }

        private int[] shuffled(SplittableRandom random) {
            int[] rows = new int[size];
            for (int i = 0; i < size; i++) {
                int j = random.nextInt(i + 1);
                rows[i] = rows[j];
                rows[j] = i;
            }
            return rows;
        }
    }
}
