package dev.assay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static String message(ErrorKind kind, int count) {
        Problems problems = new Problems(kind, "the file");
        IntStream.rangeClosed(1, count).forEach(i -> problems.add("problem " + i));
        return String.valueOf(
                catchThrowableOfType(AssayException.class, problems::throwIfAny).getMessage());
    }

    @Test
    void every_tensor_of_a_model_is_listed() {
        assertThat(message(ErrorKind.CHECKPOINT, 59))
                .startsWith("the file: 59 problems\n")
                .contains("  - problem 1\n")
                .endsWith("  - problem 59")
                .hasLineCount(60);
    }

    @Test
    void of_rows_of_data_the_first_twenty_are_listed_and_all_are_counted() {
        assertThat(message(ErrorKind.DATA, 20))
                .startsWith("the file: 20 problems\n")
                .hasLineCount(21);
        assertThat(message(ErrorKind.DATA, 1_000))
                .startsWith("the file: 1000 problems, the first 20 of them:\n")
                .endsWith("  - problem 20")
                .hasLineCount(21);
    }

    @Test
    void one_problem_is_one_and_none_is_silence() {
        assertThat(message(ErrorKind.RECIPE, 1)).startsWith("the file: 1 problem\n");
        new Problems(ErrorKind.DATA, "the file").throwIfAny();
    }
}
