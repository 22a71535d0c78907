package dev.assay.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where references lead, online and offline, and what is said where they lead nowhere. */
class HubTest {
    private final Path cache;

    @AutoClose
    private final FakeHub hub;

    HubTest(@TempDir Path cache) {
        this.cache = cache;
        this.hub = new FakeHub(cache);
    }

    @Test
    void a_repository_is_laid_out_as_the_python_tools_lay_it_out() throws IOException {
        Path snapshot = hub.get("hub://me/model");

        assertThat(snapshot).isEqualTo(cache.resolve("models--me--model/snapshots/" + FakeHub.COMMIT));
        assertThat(snapshot.resolve("config.json"))
                .hasBinaryContent(FakeHub.SMALL)
                .isSymbolicLink();
        assertThat(snapshot.resolve("sub/model.bin")).hasBinaryContent(hub.large);
        assertThat(Files.readSymbolicLink(snapshot.resolve("sub/model.bin")))
                .isEqualTo(Path.of("../../../blobs/" + hub.largeHash));
        assertThat(cache.resolve("models--me--model/refs/main")).hasContent(FakeHub.COMMIT);
    }

    @Test
    void data_sets_and_revisions_have_their_own_addresses() {
        assertThat(hub.get("hub://datasets/me/data@v1:config.json"))
                .hasBinaryContent(FakeHub.SMALL)
                .startsWith(cache.resolve("datasets--me--data"));
        assertThat(cache.resolve("datasets--me--data/refs/v1")).hasContent(FakeHub.COMMIT);
    }

    @Test
    void file_names_may_hold_what_means_something_in_an_address() {
        Path snapshot = hub.get("hub://me/odd@refs/pr/1");

        assertThat(snapshot.resolve("a#b?c [1] +%.json")).hasBinaryContent(FakeHub.SMALL);
        assertThatThrownBy(() -> hub.get("hub://me/climbing")).hasMessageContaining("outside of its repository");
    }

    @Test
    void the_token_goes_to_the_hub_and_to_no_other_host() {
        hub.get("hub://me/model:sub/model.bin");

        assertThat(hub.tokensSeenAtHub).contains("Bearer secret");
        assertThat(hub.ranges).isNotEmpty();
        assertThat(hub.tokensSeenElsewhere).isEmpty();
    }

    @Test
    void a_former_name_leads_to_the_repository_of_today() {
        assertThat(hub.get("hub://me/former:config.json")).hasBinaryContent(FakeHub.SMALL);
        assertThat(hub.get("hub://me/former:sub/model.bin")).hasBinaryContent(hub.large);
        Path snapshot = hub.get("hub://me/former");
        assertThat(snapshot.resolve("sub/model.bin")).hasBinaryContent(hub.large);
        assertThat(hub.tokensSeenElsewhere).isEmpty();
        assertThatThrownBy(() -> hub.get("hub://me/around:config.json")).hasMessageContaining("redirects without end");
    }

    @Test
    void a_second_time_and_offline_nothing_is_downloaded() {
        Path first = hub.get("hub://me/model:sub/model.bin");
        hub.ranges.clear();
        assertThat(hub.get("hub://me/model:sub/model.bin")).isEqualTo(first);
        int asked = hub.tokensSeenAtHub.size();
        try (Hub offline = hub.offline()) {
            assertThat(offline.resolve(HubReference.parse("hub://me/model:sub/model.bin")))
                    .isEqualTo(first);
            assertThatThrownBy(() -> offline.resolve(HubReference.parse("hub://me/model:other.bin")))
                    .hasMessageContaining("HF_HUB_OFFLINE");
        }
        assertThat(hub.ranges).isEmpty();
        assertThat(hub.tokensSeenAtHub).hasSize(asked);
    }

    @Test
    void offline_a_repository_of_which_a_file_was_downloaded_is_not_taken_for_whole() {
        hub.get("hub://me/model:config.json");
        try (Hub offline = hub.offline()) {
            HubReference whole = HubReference.parse("hub://me/model");
            assertThatThrownBy(() -> offline.resolve(whole))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("has some of its files, not all")
                    .hasMessageContaining("unset it once");
            Path snapshot = hub.get("hub://me/model");
            assertThat(offline.resolve(whole)).isEqualTo(snapshot);
            hub.get("hub://me/model:config.json");
            assertThat(offline.resolve(whole)).isEqualTo(snapshot);
        }
    }

    @Test
    void what_is_not_there_or_not_allowed_says_what_to_do() {
        assertThatThrownBy(() -> hub.get("hub://me/none"))
                .hasMessageContaining("404")
                .hasMessageContaining("check the name");
        assertThatThrownBy(() -> hub.get("hub://me/private:config.json"))
                .hasMessageContaining("401")
                .hasMessageContaining("token has no access");
    }

    @Test
    void a_busy_hub_is_asked_again_as_late_as_it_says_and_not_for_ever() {
        hub.busy(4, "");
        assertThat(hub.get("hub://me/model:config.json")).hasBinaryContent(FakeHub.SMALL);
        hub.busy(2, "0");
        assertThat(hub.get("hub://me/model")).isDirectory();

        hub.busy(100, "");
        int before = hub.tokensSeenAtHub.size();
        assertThatThrownBy(() -> hub.get("hub://me/model:config.json"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("answers 503: the Hub has a problem; try again later");
        assertThat(hub.tokensSeenAtHub).hasSize(before + Backoff.TRIES);
        hub.busy(100, "300");
        assertThatThrownBy(() -> hub.get("hub://me/model:config.json"))
                .hasMessageContaining("it asks to try again in 300 s");
        assertThat(hub.tokensSeenAtHub).hasSize(before + Backoff.TRIES + 1);
    }

    @Test
    void pauses_between_tries_double() {
        assertThat(List.of(1, 2, 3, 4))
                .extracting(Backoff.SECONDS::after)
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void without_a_connection_the_host_and_what_to_do_are_named() {
        hub.close();

        assertThatThrownBy(() -> hub.get("hub://me/model"))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("hub://me/model: no connection to 127.0.0.1")
                .hasMessageContaining("HF_HUB_OFFLINE=1")
                .hasMessageContaining("HF_ENDPOINT")
                .hasMessageContaining("proxyHost")
                .hasMessageNotContaining("null");
        HubSettings nowhere = new HubSettings(
                "http://no-such-host.invalid", null, cache, Duration.ofSeconds(20), FakeHub.SHORT, false);
        try (Hub client = new Hub(nowhere)) {
            assertThatThrownBy(() -> client.resolve(HubReference.parse("hub://me/model")))
                    .hasMessageContaining("no connection to no-such-host.invalid");
        }
    }
}
