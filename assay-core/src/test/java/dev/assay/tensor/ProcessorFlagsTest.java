package dev.assay.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorFlagsTest {
    @TempDir
    Path folder;

    @Test
    void a_feature_is_a_whole_word_of_the_flags_line() throws Exception {
        Path file = folder.resolve("cpuinfo");
        Files.writeString(file, "model name\t: amx_bf16 machine\nflags\t\t: fpu avx512f avx512_bf16x sse2\n");
        assertThat(ProcessorFlags.any(Set.of("avx512f", "other"), file)).isTrue();
        assertThat(ProcessorFlags.any(Set.of("avx512_bf16", "amx_bf16"), file)).isFalse();
    }

    @Test
    void where_there_is_no_list_nothing_is_there() {
        assertThat(ProcessorFlags.any(Set.of("fpu"), folder.resolve("none"))).isFalse();
    }
}
