package dev.assay.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubSettingsTest {
    @Test
    void the_environment_decides_as_in_python(@TempDir Path home) throws IOException {
        Path token = Files.writeString(home.resolve("token"), "stored\n");
        HubSettings plain = HubSettings.of(Map.of("HOME", "/home/me"));
        HubSettings set = HubSettings.of(
                Map.of("HF_HOME", home.toString(), "HF_ENDPOINT", "https://mirror/", "HF_HUB_OFFLINE", "1"));

        assertThat(plain.cache()).isEqualTo(Path.of("/home/me/.cache/huggingface/hub"));
        assertThat(plain.endpoint()).isEqualTo("https://huggingface.co");
        assertThat(plain.token()).isNull();
        assertThat(set)
                .isEqualTo(new HubSettings(
                        "https://mirror",
                        "stored",
                        home.resolve("hub"),
                        Duration.ofSeconds(30),
                        Backoff.SECONDS,
                        true));
        assertThat(HubSettings.of(Map.of("HF_HUB_DOWNLOAD_TIMEOUT", "7")).silence())
                .isEqualTo(Duration.ofSeconds(7));
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_HUB_DOWNLOAD_TIMEOUT", "soon")))
                .hasMessageContaining("HF_HUB_DOWNLOAD_TIMEOUT is \"soon\"");
        assertThat(HubSettings.of(Map.of("HF_TOKEN", "t", "HF_HUB_CACHE", "/c", "HF_TOKEN_PATH", token.toString())))
                .extracting(HubSettings::token, HubSettings::cache)
                .containsExactly("t", Path.of("/c"));
    }
}
