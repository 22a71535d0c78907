package dev.assay.data.hub;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Requests to the Hub. Redirects are followed by hand, so that the token goes to the Hub's own host and nowhere else. */
final class HubHttp implements AutoCloseable {
    private static final int MOST_REDIRECTS = 6;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Too many requests, and the failures of a server that is overloaded or being restarted. */
    private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final HubSettings settings;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    HubHttp(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * Asks about a file without its content. A redirect that names a large file's hash is the answer itself; one without it
     * that stays on the Hub, such as from a repository's former name, is followed.
     */
    HttpResponse<InputStream> head(URI address) throws IOException {
        URI place = address;
        for (int hop = 0; hop < MOST_REDIRECTS; hop++) {
            HttpResponse<InputStream> response = send(place, "HEAD", 0);
            boolean redirects = REDIRECTS.contains(response.statusCode());
            if (!redirects || response.headers().firstValue("x-linked-etag").isPresent()) {
                return response;
            }
            URI next = target(place, response);
            if (!isHub(next)) {
                return response;
            }
            response.body().close();
            place = next;
        }
        throw new IOException(address + " redirects without end");
    }

    /** The content from a byte on, wherever redirects lead. */
    HttpResponse<InputStream> get(URI address, long from) throws IOException {
        URI place = address;
        for (int hop = 0; hop < MOST_REDIRECTS; hop++) {
            HttpResponse<InputStream> response = send(place, "GET", from);
            if (!REDIRECTS.contains(response.statusCode())) {
                return response;
            }
            response.body().close();
            place = target(place, response);
        }
        throw new IOException(address + " redirects without end");
    }

    private static URI target(URI place, HttpResponse<InputStream> redirect) throws IOException {
        return place.resolve(redirect.headers()
                .firstValue("location")
                .orElseThrow(() -> new IOException(place + " redirects to nowhere")));
    }

    /** Asks again while the Hub is busy, after as long as it says, but not where that is so long that somebody should hear of it. */
    private HttpResponse<InputStream> send(URI address, String method, long from) throws IOException {
        for (int failures = 1; ; failures++) {
            HttpResponse<InputStream> response = sendOnce(address, method, from);
            Duration wait = retryAfter(response).orElse(settings.backoff().after(failures));
            if (!BUSY.contains(response.statusCode())
                    || failures == Backoff.TRIES
                    || wait.compareTo(LONGEST_WAIT) > 0) {
                return response;
            }
            response.body().close();
            Backoff.pause(wait);
        }
    }

    /** {@code Retry-After} in seconds; its other form, a date, counts as not given. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("retry-after")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private HttpResponse<InputStream> sendOnce(URI address, String method, long from) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .header("User-Agent", "assay")
                .method(method, HttpRequest.BodyPublishers.noBody());
        String token = settings.token();
        if (token != null && isHub(address)) {
            request.header("Authorization", "Bearer " + token);
        }
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        try {
            return client.send(
                    request.build(),
                    ignored -> HttpResponse.BodySubscribers.mapping(
                            HttpResponse.BodySubscribers.ofInputStream(),
                            body -> new WatchedBody(body, settings.silence())));
        } catch (ConnectException | UnknownHostException | HttpConnectTimeoutException e) {
            throw new NoConnectionException(address.getHost(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + address.getHost(), e);
        }
    }

    private boolean isHub(URI address) {
        URI hub = URI.create(settings.endpoint());
        return Objects.equals(hub.getHost(), address.getHost())
                && Objects.equals(hub.getScheme(), address.getScheme())
                && hub.getPort() == address.getPort();
    }

    /** Fails with what a person can do about a status that is no success. */
    void requireSuccess(HttpResponse<?> response, HubReference asked) {
        int status = response.statusCode();
        if (status < 400) {
            return;
        }
        String advice = switch (status) {
            case 401, 403 ->
                settings.token() == null
                        ? "it is private, gated or does not exist; set HF_TOKEN if you have access"
                        : "the token has no access; accept its terms on the Hub, or use another token";
            case 404 -> "no such repository, revision or file; check the name";
            case 429 -> "too many requests; " + tryAgain(response);
            default -> "the Hub has a problem; " + tryAgain(response);
        };
        throw new AssayException(
                ErrorKind.DOWNLOAD, asked + ": " + settings.endpoint() + " answers " + status + ": " + advice);
    }

    private static String tryAgain(HttpResponse<?> response) {
        return retryAfter(response)
                .map(wait -> "it asks to try again in " + wait.toSeconds() + " s")
                .orElse("try again later");
    }

    @Override
    public void close() {
        client.close();
    }
}
