package dev.assay.data.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener hears of downloads, and of waiting for someone else's. */
class DownloadsTest {
    private final Path cache;

    @AutoClose
    private final FakeHub hub;

    DownloadsTest(@TempDir Path cache) {
        this.cache = cache;
        this.hub = new FakeHub(cache);
    }

    @Test
    void a_listener_hears_of_every_block_and_of_the_end() {
        hub.drop(1);
        Told told = new Told(() -> {});
        Downloads.reportedTo(told, () -> hub.get("hub://me/model"));
        hub.get("hub://datasets/me/data@v1:config.json");

        assertThat(told.files).containsOnly("config.json", "sub/model.bin");
        assertThat(told.ended).containsExactly("config.json", "sub/model.bin");
        assertThat(told.bytes).startsWith("0 of 8", "8 of 8", "0 of 200000").endsWith("200000 of 200000");
        assertThat(told.bytes).allMatch(line -> line.endsWith(" of 8") || line.endsWith(" of 200000"));
    }

    @Test
    void two_threads_download_a_file_once() {
        // The first is held in the middle of the file until the second waits.
        hub.fallSilent(1);
        Told second = new Told(hub::goOn);
        CompletableFuture<Path> one = CompletableFuture.supplyAsync(() -> hub.get("hub://me/model:sub/model.bin"));
        while (hub.ranges.isEmpty()) {
            Thread.onSpinWait();
        }
        Path file = Downloads.reportedTo(second, () -> hub.get("hub://me/model:sub/model.bin"));

        assertThat(file).hasBinaryContent(hub.large).isEqualTo(one.join());
        assertThat(second.waited).hasValue(1);
        assertThat(hub.ranges).hasSize(2);
        assertThat(hub.ranges.get(1)).matches(FakeHub.GOING_ON);
    }

    @Test
    void a_second_process_waits_for_the_first_and_takes_its_file() throws IOException {
        Path lock = cache.resolve(".locks/models--me--model/" + hub.largeHash + ".lock");
        Path blob = cache.resolve("models--me--model/blobs/" + hub.largeHash);
        Files.createDirectories(blob.getParent());
        Path content = Files.write(cache.resolve("content"), hub.large);
        Process first = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DownloadingProcess.class.getName(),
                        lock.toString(),
                        content.toString(),
                        blob.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(first.getInputStream().read()).isEqualTo('L');
            Told told = new Told(() -> close(first));
            Path file = Downloads.reportedTo(told, () -> hub.get("hub://me/model:sub/model.bin"));

            assertThat(file).hasBinaryContent(hub.large);
            assertThat(told.waited).hasValue(1);
            assertThat(hub.ranges).isEmpty();
        } finally {
            first.destroyForcibly();
        }
    }

    private static void close(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes down what a listener hears. */
    private static final class Told implements DownloadListener {
        private final List<String> files = new CopyOnWriteArrayList<>();
        private final List<String> bytes = new CopyOnWriteArrayList<>();
        private final List<String> ended = new CopyOnWriteArrayList<>();
        private final AtomicInteger waited = new AtomicInteger();
        private final Runnable onWaiting;

        Told(Runnable onWaiting) {
            this.onWaiting = onWaiting;
        }

        @Override
        public void onBytes(String file, long arrived, long total) {
            files.add(file);
            bytes.add(arrived + " of " + total);
        }

        @Override
        public void onWaiting(String file) {
            waited.incrementAndGet();
            onWaiting.run();
        }

        @Override
        public void onEnd(String file) {
            ended.add(file);
        }
    }
}
