package dev.assay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tries several things before it complains, so that what is wrong with any of them is told at once. */
public final class Attempts {
    private final List<AssayException> failures = new ArrayList<>();

    /** What came of one; empty where it failed. */
    public <T> Optional<T> of(Supplier<T> attempt) {
        try {
            return Optional.of(attempt.get());
        } catch (AssayException e) {
            failures.add(e);
            return Optional.empty();
        }
    }

    /** The same where nothing comes of it but the failure. */
    public void run(Runnable attempt) {
        of(() -> {
            attempt.run();
            return true;
        });
    }

    /** Throws the one failure, or one exception that tells all of them in their order; nothing where there are none. */
    public void throwIfAny() {
        if (failures.size() == 1) {
            throw failures.getFirst();
        }
        if (!failures.isEmpty()) {
            AssayException all = new AssayException(
                    failures.getFirst().kind(),
                    String.join(
                            "\n", failures.stream().map(Throwable::getMessage).toList()));
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }
}
