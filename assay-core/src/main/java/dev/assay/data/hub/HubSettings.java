package dev.assay.data.hub;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the Hub is and where its files are kept, by the environment variables of Python's huggingface_hub.
 *
 * @param endpoint {@code HF_ENDPOINT}, without a slash at its end
 * @param token {@code HF_TOKEN}, or the content of {@code HF_TOKEN_PATH}; null where there is none
 * @param cache {@code HF_HUB_CACHE}, or {@code hub} in {@code HF_HOME}
 * @param silence {@code HF_HUB_DOWNLOAD_TIMEOUT} in seconds, 30 unless given: after so long without a byte the connection
 *     counts as lost
 * @param backoff the pauses after a lost connection and while the Hub is busy
 * @param offline {@code HF_HUB_OFFLINE}: nothing but the cache is looked at
 */
public record HubSettings(
        String endpoint, @Nullable String token, Path cache, Duration silence, Backoff backoff, boolean offline) {
    /** The settings of this process. */
    public static HubSettings fromEnvironment() {
        return of(System.getenv());
    }

    static HubSettings of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", home + "/.cache");
        Path hfHome = Path.of(environment.getOrDefault("HF_HOME", xdg + "/huggingface"));
        String cache = environment.get("HF_HUB_CACHE");
        String endpoint = environment.getOrDefault("HF_ENDPOINT", "https://huggingface.co");
        return new HubSettings(
                endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint,
                token(environment, hfHome),
                cache == null ? hfHome.resolve("hub") : Path.of(cache),
                silence(environment.getOrDefault("HF_HUB_DOWNLOAD_TIMEOUT", "30")),
                Backoff.SECONDS,
                isTrue(environment.get("HF_HUB_OFFLINE")));
    }

    private static Duration silence(String seconds) {
        if (!seconds.matches("[1-9]\\d{0,5}")) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "HF_HUB_DOWNLOAD_TIMEOUT is \"" + seconds + "\"; write whole seconds, such as 30, or unset it");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && value.matches("(?i)1|true|yes|on");
    }

    private static @Nullable String token(Map<String, String> environment, Path hfHome) {
        String direct = environment.get("HF_TOKEN");
        if (direct != null && !direct.isBlank()) {
            return direct.strip();
        }
        String place = environment.get("HF_TOKEN_PATH");
        Path file = place == null ? hfHome.resolve("token") : Path.of(place);
        try {
            String stored = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
            return stored.isEmpty() ? null : stored;
        } catch (IOException e) {
            return null;
        }
    }
}
