package dev.assay.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Whether this processor multiplies bf16 matrices. Where it does not, libtorch falls back to a kernel that is an order of
 * magnitude slower than fp32, so the products are taken in fp32 over numbers that were rounded to bf16, and the result is
 * rounded again: what the hardware unit computes (products exact, sums in fp32), at the speed of fp32.
 */
final class BFloat16Products {
    /** x86: AVX-512 or AMX, where oneDNN has kernels; ARM: the bf16 extension. */
    private static final Set<String> FLAGS = Set.of("avx512_bf16", "amx_bf16", "bf16");

    static final boolean NATIVE = detected(Path.of("/proc/cpuinfo"));

    private BFloat16Products() {}

    static boolean detected(Path cpuInfo) {
        if (!Files.isReadable(cpuInfo)) {
            return false;
        }
        try (var lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .anyMatch(FLAGS::contains);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
