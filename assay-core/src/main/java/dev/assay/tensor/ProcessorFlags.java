package dev.assay.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;

/** What the processor can do, as Linux lists it; nothing where there is no such list. */
public final class ProcessorFlags {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private ProcessorFlags() {}

    /** Whether the processor has any of the features, named as in {@code /proc/cpuinfo}. */
    public static boolean any(Set<String> features) {
        return any(features, CPU_INFO);
    }

    static boolean any(Set<String> features, Path cpuInfo) {
        if (!Files.isReadable(cpuInfo)) {
            return false;
        }
        try (var lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .findFirst()
                    .map(line -> !Collections.disjoint(features, Arrays.asList(line.split("\\s+"))))
                    .orElse(false);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
