package dev.assay.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real data, tokenizers and checkpoints that belong to others and are not part of the repository. They are looked for in
 * {@code ASSAY_SHARED} and in {@code shared} beside the checkout; a test that needs one and does not find it is reported
 * as skipped, with the path.
 */
public final class SharedAssets {
    private SharedAssets() {}

    /** The asset, or a skipped test. */
    public static Path require(String relative) {
        Path path = root().resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), () -> "asset absent: " + path);
        return path;
    }

    private static Path root() {
        String configured = System.getenv("ASSAY_SHARED");
        if (configured != null) {
            return Path.of(configured);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path candidate = folder.resolveSibling("shared");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
            folder = folder.getParent();
        }
        return Path.of("shared").toAbsolutePath();
    }
}
