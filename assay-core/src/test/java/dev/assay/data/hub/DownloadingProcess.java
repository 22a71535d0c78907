package dev.assay.data.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Another process that downloads: holds the lock until its standard input ends, then leaves the blob behind. */
final class DownloadingProcess {
    private DownloadingProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (BlobLock held = BlobLock.take(Path.of(arguments[0]), () -> {})) {
            System.out.print('L');
            System.out.flush();
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
            Files.move(Path.of(arguments[1]), Path.of(arguments[2]), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
