package dev.assay.data.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The phrases of the simulated world, as {@code lexicon.txt} beside this class lists them. */
final class Lexicon {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern TOKEN = Pattern.compile("\\w+|[^\\w\\s]");
    private static final Lexicon SHIPPED = read("lexicon.txt");

    private final Map<String, List<String>> phrases;

    private Lexicon(Map<String, List<String>> phrases) {
        this.phrases = phrases;
    }

    static Lexicon shipped() {
        return SHIPPED;
    }

    private static Lexicon read(String resource) {
        Map<String, List<String>> phrases = new LinkedHashMap<>();
        try (InputStream bytes = Lexicon.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the jar");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int colon = line.indexOf(':');
                if (!line.startsWith("#") && colon > 0) {
                    String[] parts = line.substring(colon + 1).strip().split("\\s*\\|\\s*", -1);
                    phrases.put(line.substring(0, colon), List.of(parts));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Lexicon(phrases);
    }

    /** All phrases of a key. */
    List<String> all(String key) {
        List<String> found = phrases.get(key);
        if (found == null) {
            throw new IllegalArgumentException("lexicon.txt has no key \"" + key + "\"");
        }
        return found;
    }

    /** One phrase of a key. */
    String any(String key, SplittableRandom random) {
        List<String> found = all(key);
        return found.get(random.nextInt(found.size()));
    }

    /** One phrase of a key that is not {@code other}. */
    String anyBut(String key, String other, SplittableRandom random) {
        List<String> rest =
                all(key).stream().filter(phrase -> !phrase.equals(other)).toList();
        return rest.get(random.nextInt(rest.size()));
    }

    /** A phrase with its placeholders filled. */
    static String fill(String phrase, Map<String, String> values) {
        return PLACEHOLDER.matcher(phrase).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for {" + match.group(1) + "} in \"" + phrase + "\"");
            }
            return value;
        });
    }

    /** Every word and punctuation mark that a text of this world can hold, in lower case and in order. */
    List<String> vocabulary() {
        TreeSet<String> words = new TreeSet<>();
        phrases.values()
                .forEach(list -> list.forEach(phrase ->
                        words.addAll(tokens(PLACEHOLDER.matcher(phrase).replaceAll(" ")))));
        return List.copyOf(words);
    }

    /** Words and punctuation marks of a text in lower case, as the world's tokenizer splits them. */
    static List<String> tokens(String text) {
        return TOKEN.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
