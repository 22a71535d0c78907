package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A further row of a study: the base recipe with other values, for ablations.
 *
 * @param name its name in tables
 * @param changes {@code path=value} each, as {@code --set} takes them; an {@link AssayException} refuses seeds, {@code
 *     evaluation} and {@code output}, which are the study's
 */
public record Variant(String name, List<String> changes) {
    public Variant {
        changes = List.copyOf(changes);
        Problems problems = new Problems(ErrorKind.INPUT, "--variant " + name);
        for (String change : changes) {
            refusal(change.substring(0, change.indexOf('=')).strip())
                    .ifPresent(why -> problems.add("\"" + change + "\": " + why));
        }
        problems.throwIfAny();
    }

    /** What a row cannot have of its own: it would be overwritten, or make it another thing than the rows beside it. */
    private static Optional<String> refusal(String path) {
        return switch (path) {
            case "training.seed", "data.simulated.seed" ->
                Optional.of("a study trains every row with its own seeds; name them by --seeds");
            case "output" -> Optional.of("the folders of all rows lie in that of the study; name it by --output");
            default ->
                path.equals("evaluation") || path.startsWith("evaluation.")
                        ? Optional.of("all rows of a study are measured alike; --set changes how, for all of them")
                        : Optional.empty();
        };
    }

    /** Reads {@code NAME: PATH=VALUE; PATH=VALUE}. */
    public static Variant parse(String text) {
        int colon = text.indexOf(':');
        List<String> changes = colon < 1
                ? List.of()
                : Stream.of(text.substring(colon + 1).split(";"))
                        .map(String::strip)
                        .filter(change -> !change.isEmpty())
                        .toList();
        if (changes.isEmpty() || changes.stream().anyMatch(change -> change.indexOf('=') < 1)) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    "--variant \"" + text + "\": write NAME: PATH=VALUE; PATH=VALUE, such as"
                            + " \"momentum 0.5: method={name: more, momentum: 0.5}\"");
        }
        return new Variant(text.substring(0, colon).strip(), changes);
    }
}
