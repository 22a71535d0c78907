package dev.assay.method.armorm;

import dev.assay.tensor.ShardedRows;
import dev.assay.tensor.Tensors;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Numbers for prompts that are known by their states alone: states equal to the bit are those of one prompt. */
final class PromptNumbers {
    private static final int BLOCK = 1024;

    private PromptNumbers() {}

    /** @param statesND {@code [N,D]}; digests are kept in place of the states, of which there may be gigabytes */
    static int[] of(ShardedRows statesND) {
        int width = statesND.width();
        int[] numbers = new int[Math.toIntExact(statesND.rows())];
        Map<ByteBuffer, Integer> known = new HashMap<>();
        MessageDigest digest = sha256();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(width, Float.BYTES));
        statesND.forEach(BLOCK, (some, from) -> {
            float[] block = Tensors.toFloats(some);
            for (int row = 0; row < some.size(0); row++) {
                bytes.clear().asFloatBuffer().put(Arrays.copyOfRange(block, row * width, (row + 1) * width));
                ByteBuffer key = ByteBuffer.wrap(digest.digest(bytes.array()));
                numbers[from + row] = known.computeIfAbsent(key, any -> known.size());
            }
        });
        return numbers;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
