package dev.assay.method.armorm;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import dev.assay.checkpoint.MixtureSupplement;
import dev.assay.checkpoint.SafetensorsFile;
import dev.assay.nn.Parameters;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How sure ridge predictions are. With the penalty read as a normal prior of variance {@code s^2 / alpha} on the weights, the
 * posterior variance of an expected rating at x is {@code s^2 (1/n + |R (x - m)|^2)}, {@code R'R = (A + alpha I)^-1}, m the mean
 * of the features; 1/n and m belong to the intercept. Unlike the sampling variance alone it counts what the penalty hides. The
 * same weights rate two responses, so that their errors hang together: the variance of the difference is {@code s^2 |R (x - y)|^2},
 * without the intercept's share, and not the sum of the two.
 */
final class PredictionErrors implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final List<Member> members = new ArrayList<>();
    private final Parameters kept = new Parameters();

    /**
     * Objectives with one factor.
     *
     * @param objectives their indices
     * @param noise s of each
     * @param offset 1/n with an intercept, 0 without
     * @param name under which R and m are kept
     */
    private record Member(int[] objectives, double[] noise, double offset, String name) {}

    /**
     * @param inverse R {@code [D,D]}, kept in fp32 and not copied when it is so already: an error needs no more digits
     * @param centre m {@code [D]}
     */
    void add(int[] objectives, double[] noise, double offset, Tensor inverse, Tensor centre) {
        String name = "errors." + members.size();
        members.add(new Member(objectives, noise, offset, name));
        kept.put(name + ".factor", inverse.to(ScalarType.Float));
        kept.put(name + ".centre", centre.to(ScalarType.Float));
    }

    /**
     * Whether a folder's groups are those of its mixture: another one's would fail only when something is scored, or tell of others.
     *
     * @throws AssayException of kind CHECKPOINT that names all that does not fit
     */
    static void requireFit(List<MixtureSupplement.Errors> groups, SafetensorsFile file, int objectives, int width) {
        Problems problems = new Problems(
                ErrorKind.CHECKPOINT,
                file.path() + " and mixture.json do not hold the standard errors of this mixture");
        for (int g = 0; g < groups.size(); g++) {
            MixtureSupplement.Errors group = groups.get(g);
            if (group.noise().size() != group.objectives().size()
                    || group.objectives().stream().anyMatch(k -> k < 0 || k >= objectives)) {
                problems.add("group " + g + " has objectives " + group.objectives() + " and "
                        + group.noise().size() + " spreads, expected as many, of objectives 0 to " + (objectives - 1));
            }
            expect(file, "errors." + g + ".factor", problems, width, width);
            expect(file, "errors." + g + ".centre", problems, width);
        }
        problems.throwIfAny();
    }

    private static void expect(SafetensorsFile file, String name, Problems problems, long... shape) {
        if (!file.names().contains(name)) {
            problems.add(name + " is missing, expected " + Arrays.toString(shape));
        } else if (!Arrays.equals(file.shape(name), shape)) {
            problems.add(name + " is " + Arrays.toString(file.shape(name)) + ", expected " + Arrays.toString(shape));
        }
    }

    /** The next group of a folder, by the names of {@link #tensors}. */
    void addStored(MixtureSupplement.Errors group, SafetensorsFile file) {
        String name = "errors." + members.size();
        add(
                group.objectives().stream().mapToInt(Integer::intValue).toArray(),
                group.noise().stream().mapToDouble(Double::doubleValue).toArray(),
                group.offset(),
                file.tensor(name + ".factor").clone(),
                file.tensor(name + ".centre").clone());
    }

    /** {@code [N,K]} in double; NaN for objectives of which nothing is known. */
    Tensor of(Tensor featuresND, int objectives) {
        long rows = featuresND.size(0);
        Tensor errors = Tensors.doubleZeros(rows, objectives).fill_(Tensors.number(Double.NaN));
        for (long from = 0; from < rows; from += BLOCK) {
            long count = Math.min(BLOCK, rows - from);
            try (TensorScope scope = TensorScope.open()) {
                Tensor block = featuresND.narrow(0, from, count).detach().to(ScalarType.Float);
                Tensor part = errors.narrow(0, from, count);
                members.forEach(member -> {
                    Tensor away = block.sub(kept.get(member.name + ".centre"));
                    fill(part, leverage(away, member).add(Tensors.number(member.offset)), member);
                });
            }
        }
        return errors;
    }

    /** Of the differences {@code first - second} of predictions, row by row: {@code [N,K]} in double, NaN as in {@link #of}. */
    Tensor ofDifferences(Tensor firstND, Tensor secondND, int objectives) {
        Tensor errors = Tensors.doubleZeros(firstND.size(0), objectives).fill_(Tensors.number(Double.NaN));
        try (TensorScope scope = TensorScope.open()) {
            Tensor apart = firstND.to(ScalarType.Double)
                    .sub(secondND.to(ScalarType.Double))
                    .to(ScalarType.Float);
            members.forEach(member -> fill(errors, leverage(apart, member), member));
        }
        return errors;
    }

    private void fill(Tensor errors, Tensor leverage, Member member) {
        for (int o = 0; o < member.objectives.length; o++) {
            errors.select(1, member.objectives[o]).copy_(leverage.sqrt().mul(Tensors.number(member.noise[o])));
        }
    }

    /** {@code |R x|^2} of each row. */
    private Tensor leverage(Tensor rows, Member member) {
        return rows.matmul(kept.get(member.name + ".factor").t())
                .to(ScalarType.Double)
                .square()
                .sum(1);
    }

    double[] noise(int objectives) {
        double[] noise = new double[objectives];
        Arrays.fill(noise, Double.NaN);
        for (Member member : members) {
            for (int o = 0; o < member.objectives.length; o++) {
                noise[member.objectives[o]] = member.noise[o];
            }
        }
        return noise;
    }

    /** What a folder keeps of them, in the order of {@link #tensors}. */
    List<MixtureSupplement.Errors> stored() {
        return members.stream()
                .map(member -> new MixtureSupplement.Errors(
                        Arrays.stream(member.objectives).boxed().toList(),
                        Arrays.stream(member.noise).boxed().toList(),
                        member.offset))
                .toList();
    }

    /** {@code errors.<i>.factor} {@code [D,D]} and {@code errors.<i>.centre} {@code [D]}, in fp32. */
    Map<String, Tensor> tensors() {
        return kept.view();
    }

    @Override
    public void close() {
        kept.close();
    }
}
