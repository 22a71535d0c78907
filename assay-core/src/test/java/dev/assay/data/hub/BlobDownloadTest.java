package dev.assay.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.AssayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that break off, and what goes on where they did. */
class BlobDownloadTest {
    private final Path cache;

    @AutoClose
    private final FakeHub hub;

    BlobDownloadTest(@TempDir Path cache) {
        this.cache = cache;
        this.hub = new FakeHub(cache);
    }

    private Path incomplete() throws IOException {
        Path blobs = Files.createDirectories(cache.resolve("models--me--model/blobs"));
        return blobs.resolve(hub.largeHash + ".incomplete");
    }

    @Test
    void a_dropped_connection_is_resumed_where_it_broke() {
        hub.drop(2);
        Path file = hub.get("hub://me/model:sub/model.bin");

        assertThat(file).hasBinaryContent(hub.large);
        assertThat(hub.ranges).hasSize(3).startsWith("null");
        assertThat(hub.ranges.get(1)).matches(FakeHub.GOING_ON);
    }

    @Test
    void a_line_that_breaks_often_but_brings_something_each_time_is_enough() {
        hub.drop(9);
        assertThat(hub.get("hub://me/model:sub/model.bin")).hasBinaryContent(hub.large);
        assertThat(hub.ranges).hasSize(10);
    }

    @Test
    void a_server_that_starts_anew_each_time_is_given_up() {
        hub.startsAnew(100);
        assertThatThrownBy(() -> hub.get("hub://me/model:sub/model.bin"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("the connection was lost 5 times without getting further");
        assertThat(hub.ranges).hasSizeLessThan(10);
    }

    @Test
    void a_server_that_falls_silent_is_a_lost_connection() {
        hub.fallSilent(1);
        HubSettings impatient =
                new HubSettings(hub.settings().endpoint(), null, cache, Duration.ofMillis(300), FakeHub.SHORT, false);
        try (Hub client = new Hub(impatient)) {
            assertThat(client.resolve(HubReference.parse("hub://me/model:sub/model.bin")))
                    .hasBinaryContent(hub.large);
            assertThat(hub.ranges).hasSize(2);
            assertThat(hub.ranges.get(1)).matches(FakeHub.GOING_ON);

            hub.saysNothing(100);
            assertThatThrownBy(() -> client.resolve(HubReference.parse("hub://me/model:wrong.bin")))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining(
                            "the connection was lost 5 times without getting further: no byte arrived for 0.3 s")
                    .hasMessageContaining("run the same command again");
        }
    }

    @Test
    void a_download_that_an_earlier_run_began_goes_on() throws IOException {
        Files.write(incomplete(), Arrays.copyOf(hub.large, 150_000));

        assertThat(hub.get("hub://me/model:sub/model.bin")).hasBinaryContent(hub.large);
        assertThat(hub.ranges).containsExactly("bytes=150000-");
    }

    @Test
    void content_with_another_hash_is_thrown_away() {
        assertThatThrownBy(() -> hub.get("hub://me/model:wrong.bin"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("does not have the hash")
                .hasMessageContaining("hub://me/model:wrong.bin");
        assertThat(cache.resolve("models--me--model/blobs")).isEmptyDirectory();
    }

    @Test
    void a_full_disk_ends_the_download_at_once_with_the_free_space() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is always full, as Linux has it");
        Path incomplete = Files.createSymbolicLink(incomplete(), full);

        assertThatThrownBy(() -> hub.get("hub://me/model:sub/model.bin"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining(incomplete + ": cannot be written: No space left on device")
                .hasMessageContaining("MB free there")
                .hasMessageContaining("what has arrived is kept");
        assertThat(hub.ranges).hasSize(1);
    }
}
