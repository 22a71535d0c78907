package dev.assay.app;

import dev.assay.tensor.LibTorch;
import dev.assay.tensor.TensorScope;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Asks the tensor engine about itself and measures its speed; the only class of doctor that loads it. */
final class EngineProbe {
    private static final int SIDE = 768;
    private static final Pattern BUILD = Pattern.compile("MKL-DNN v[0-9.]+|BLAS_INFO=\\w+|CPU capability usage: \\w+");

    /**
     * What the engine says.
     *
     * @param version of libtorch's binding
     * @param threads libtorch computes with
     * @param gpu whether a GPU is usable by this build
     * @param blas the BLAS and processor features libtorch was built with, one line
     * @param fp32Gflops measured speed of fp32 matrix products, in GFLOP/s
     * @param bf16Gflops the same in bf16
     */
    record Result(String version, int threads, boolean gpu, String blas, double fp32Gflops, double bf16Gflops) {}

    private EngineProbe() {}

    static Result measure(Duration budget) {
        LibTorch.ready();
        return new Result(
                LibTorch.version(),
                LibTorch.threads(),
                torch.hasCUDA() && torch.cuda_is_available(),
                blas(),
                gflops(ScalarType.Float, budget.dividedBy(2)),
                gflops(ScalarType.BFloat16, budget.dividedBy(2)));
    }

    private static String blas() {
        Matcher facts = BUILD.matcher(torch.show_config().getString());
        return facts.results()
                .map(found -> found.group().replace("BLAS_INFO=", "BLAS ").replace("CPU capability usage: ", ""))
                .reduce((first, second) -> first + ", " + second)
                .orElse("unknown");
    }

    /** Best of repeated products as a linear layer makes them; the best, because other work on the machine only slows. */
    private static double gflops(ScalarType type, Duration budget) {
        double best = 0;
        try (TensorScope scope = TensorScope.open()) {
            Tensor inputs = torch.randn(new long[] {SIDE, SIDE}, new TensorOptions(ScalarType.Float))
                    .to(type);
            Tensor weights = torch.randn(new long[] {SIDE, SIDE}, new TensorOptions(ScalarType.Float))
                    .to(type);
            long end = System.nanoTime() + budget.toNanos();
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                try (TensorScope product = TensorScope.open()) {
                    torch.linear(inputs, weights);
                }
                best = Math.max(best, 2.0 * SIDE * SIDE * SIDE / (System.nanoTime() - start));
            }
        }
        return best;
    }
}
