package dev.assay.method.armorm;

import dev.assay.tensor.LibTorch;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Workers;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs independent pieces of linear algebra on all threads: products in double and LAPACK use one thread each. Whoever is free
 * takes the next piece, so pieces may differ in size.
 */
final class SideBySide {
    private static final int MOST = 8;

    private SideBySide() {}

    /** How many pieces run at a time. */
    static int width() {
        return Math.min(LibTorch.threads(), MOST);
    }

    /** Runs all pieces and waits; each has a scope of its own. */
    static void run(List<Runnable> pieces) {
        run(
                Collections.nCopies(width(), pieces),
                pieces.stream()
                        .<Consumer<Object>>map(piece -> none -> piece.run())
                        .toList());
    }

    /** The same, each piece with the room of the thread that runs it: as many threads at most as there are rooms. */
    static <R> void run(List<R> rooms, List<Consumer<R>> pieces) {
        AtomicInteger next = new AtomicInteger();
        Workers.each(rooms.subList(0, Math.max(1, Math.min(rooms.size(), pieces.size()))).stream()
                .<Callable<R>>map(room -> () -> {
                    for (int piece = next.getAndIncrement(); piece < pieces.size(); piece = next.getAndIncrement()) {
                        try (TensorScope scope = TensorScope.open()) {
                            pieces.get(piece).accept(room);
                        }
                    }
                    return room;
                })
                .toList());
    }
}
