package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Fits the chosen penalties to all rows: one factor for the objectives that share their rows and their penalty. */
final class FinalFit {
    private final RatedFeatures data;
    private final ProbeSettings settings;

    FinalFit(RatedFeatures data, ProbeSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /**
     * One factor of the fit.
     *
     * @param members the objectives it serves, by their place in the group
     * @param penalty alpha
     * @param place where its inverse goes among all
     */
    private record Piece(List<Integer> members, double penalty, int place) {}

    /**
     * What the pieces fill in, made before any of them: results made between the large matrices that come and go would leave holes.
     *
     * @param weights {@code [K,D]}
     * @param bias {@code [K]}
     * @param inverses {@code [pieces,D,D]} in fp32, for the errors of predictions, which need no more digits
     */
    private record Results(Tensor weights, Tensor bias, Tensor inverses, PredictionErrors errors) {}

    ObjectiveProbes of(RidgeStatistics statistics, RidgeSpace space, int[] best, Tensor shift) {
        List<List<Integer>> groups = statistics.groups();
        List<List<Piece>> pieces = pieces(groups, best);
        int width = data.width();
        int count = pieces.stream().mapToInt(List::size).sum();
        Results results = new Results(
                Tensors.doubleZeros(best.length, width),
                Tensors.doubleZeros(best.length),
                torch.empty(count, width, width),
                new PredictionErrors());
        try {
            for (int g = 0; g < groups.size(); g++) {
                solve(statistics, space, groups.get(g), pieces.get(g), shift, results);
            }
        } catch (RuntimeException e) {
            results.errors.close();
            throw e;
        }
        Parameters parameters = new Parameters();
        parameters.put(ObjectiveProbes.WEIGHT, results.weights);
        parameters.put(ObjectiveProbes.BIAS, results.bias);
        return new ObjectiveProbes(data.objectives(), parameters, results.errors);
    }

    private List<List<Piece>> pieces(List<List<Integer>> groups, int[] best) {
        List<List<Piece>> all = new ArrayList<>();
        int place = 0;
        for (List<Integer> group : groups) {
            TreeMap<Integer, List<Integer>> byPenalty = new TreeMap<>();
            for (int o = 0; o < group.size(); o++) {
                byPenalty
                        .computeIfAbsent(best[group.get(o)], p -> new ArrayList<>())
                        .add(o);
            }
            List<Piece> pieces = new ArrayList<>();
            for (var entry : byPenalty.entrySet()) {
                pieces.add(new Piece(entry.getValue(), settings.penalties().get(entry.getKey()), place++));
            }
            all.add(pieces);
        }
        return all;
    }

    private void solve(
            RidgeStatistics statistics,
            RidgeSpace space,
            List<Integer> group,
            List<Piece> pieces,
            Tensor shift,
            Results results) {
        try (TensorScope scope = TensorScope.open()) {
            NormalEquations equations = statistics.equations(group, settings.intercept(), space);
            SideBySide.run(
                    space.workers(),
                    pieces.stream()
                            .<Consumer<RidgeSpace.Worker>>map(
                                    piece -> room -> solve(equations, room, group, piece, shift, results))
                            .toList());
        }
    }

    private void solve(
            NormalEquations equations,
            RidgeSpace.Worker room,
            List<Integer> group,
            Piece piece,
            Tensor shift,
            Results results) {
        List<Integer> members = piece.members;
        RidgeFactor factor = RidgeFactor.of(equations, piece.penalty, room);
        if (factor == null) {
            throw new AssayException(
                    ErrorKind.NUMERIC,
                    "objective "
                            + data.objectives()
                                    .get(group.get(members.getFirst()))
                                    .name() + ": penalty " + piece.penalty
                            + " solved the training rows but not all rows; leave it out of the candidates");
        }
        Tensor solution = factor.weights();
        Tensor inverse = factor.inverse();
        Tensor centre = equations.mean().add(shift);
        double[] offsets = Tensors.toDoubles(centre.matmul(solution));
        double[] squares = factor.squaredErrors(solution);
        double left = equations.rows() - factor.degreesOfFreedom(inverse) - (settings.intercept() ? 1 : 0);
        double[] noise = new double[members.size()];
        int[] objectives = new int[members.size()];
        for (int m = 0; m < objectives.length; m++) {
            int o = members.get(m);
            objectives[m] = group.get(o);
            noise[m] = Math.sqrt(squares[o] / Math.max(left, Double.MIN_NORMAL));
            results.weights.select(0, objectives[m]).copy_(solution.select(1, o));
            results.bias.select(0, objectives[m]).fill_(Tensors.number(equations.labelMean()[o] - offsets[o]));
        }
        double offset = settings.intercept() ? 1 / equations.rows() : 0;
        Tensor kept = results.inverses.select(0, piece.place).copy_(inverse);
        synchronized (results.errors) {
            results.errors.add(objectives, noise, offset, kept, centre);
        }
    }
}
