package dev.assay.method.armorm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptNumbersTest {
    @Test
    void pairs_of_one_prompt_have_one_number_wherever_they_stand_and_others_have_others() {
        // More rows than are read at once; states of prompt p are the p-th draw, and neighbours differ in one number by
        // one bit.
        int rows = 2500;
        int prompts = 700;
        int width = 3;
        Random random = new Random(5);
        float[] base = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
        int[] prompt = IntStream.range(0, rows).map(n -> n * 31 % prompts).toArray();
        float[] states = new float[rows * width];
        for (int n = 0; n < rows; n++) {
            System.arraycopy(base, 0, states, n * width, width);
            states[n * width + 1] = Float.intBitsToFloat(Float.floatToIntBits(base[1]) + prompt[n]);
        }
        int[] numbers;
        try (TensorScope scope = TensorScope.open()) {
            numbers = PromptNumbers.of(ShardedRows.of(Tensors.floats(states, rows, width)));
        }
        assertThat(Arrays.stream(numbers).distinct().count()).isEqualTo(prompts);
        int[] first = new int[prompts];
        Arrays.fill(first, -1);
        for (int n = 0; n < rows; n++) {
            first[prompt[n]] = first[prompt[n]] < 0 ? numbers[n] : first[prompt[n]];
            assertThat(numbers[n]).isEqualTo(first[prompt[n]]);
        }
    }
}
