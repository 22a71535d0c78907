package dev.assay.recipe.yaml;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML text as a tree in which every value knows its file and line; {@code --set} changes values in it. */
final class YamlDocument {
    private YamlDocument() {}

    /** Parses a text; {@code name} stands for it in errors. */
    static Node parse(String text, String name) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(name).setUseMarks(true).build();
        try {
            return new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new AssayException(ErrorKind.RECIPE, name + ": is empty"));
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark().map(YamlDocument::place).orElse(name);
            throw new AssayException(ErrorKind.RECIPE, place + ": this is not YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new AssayException(ErrorKind.RECIPE, name + ": this is not YAML: " + e.getMessage(), e);
        }
    }

    /** Sets the value at a path such as {@code training.seed} or {@code data.train.0.limit}, adding what is missing. */
    static void set(Node root, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new AssayException(
                    ErrorKind.RECIPE, "--set " + assignment + ": write PATH=VALUE, such as --set training.seed=7");
        }
        String path = assignment.substring(0, equals).strip();
        String value = assignment.substring(equals + 1);
        String label = "--set " + path;
        Node parsed = value.isBlank() ? empty(label) : parse(value, label);
        String[] steps = path.split("\\.", -1);
        Node at = root;
        for (int i = 0; i < steps.length - 1; i++) {
            at = child(at, steps[i], label);
        }
        put(at, steps[steps.length - 1], parsed, label);
    }

    private static Node empty(String label) {
        return parse("''", label);
    }

    private static Node child(Node at, String step, String label) {
        Optional<Node> there = find(at, step);
        if (there.isPresent() && !(there.get() instanceof ScalarNode)) {
            return there.get();
        }
        Node made = new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
        put(at, step, made, label);
        return made;
    }

    private static void put(Node at, String step, Node value, String label) {
        switch (at) {
            case MappingNode map -> {
                map.getValue().removeIf(entry -> step.equals(key(entry)));
                Mark mark = value.getStartMark().orElse(null);
                Node name = new ScalarNode(
                        Tag.STR, true, step, ScalarStyle.PLAIN, Optional.ofNullable(mark), Optional.ofNullable(mark));
                map.getValue().add(new NodeTuple(name, value));
            }
            case SequenceNode list -> list.getValue().set(index(list, step, label), value);
            default -> throw new AssayException(ErrorKind.RECIPE, label + ": " + step + " is inside a single value");
        }
    }

    private static Optional<Node> find(Node at, String step) {
        if (at instanceof SequenceNode list
                && step.matches("\\d+")
                && Integer.parseInt(step) < list.getValue().size()) {
            return Optional.of(list.getValue().get(Integer.parseInt(step)));
        }
        return at instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(entry -> step.equals(key(entry)))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    private static int index(SequenceNode list, String step, String label) {
        List<Node> items = list.getValue();
        if (!step.matches("\\d{1,9}") || Integer.parseInt(step) >= items.size()) {
            throw new AssayException(
                    ErrorKind.RECIPE, label + ": the list has " + items.size() + " entries, counted from 0");
        }
        return Integer.parseInt(step);
    }

    /** The key of an entry as text. */
    static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar
                ? scalar.getValue()
                : entry.getKeyNode().toString();
    }

    /** Where a value stands: {@code file:line}, or the {@code --set} it came from. */
    static String place(Node node) {
        return node.getStartMark().map(YamlDocument::place).orElse("--set");
    }

    private static String place(Mark mark) {
        return mark.getName().startsWith("--set") ? mark.getName() : mark.getName() + ":" + (mark.getLine() + 1);
    }
}
