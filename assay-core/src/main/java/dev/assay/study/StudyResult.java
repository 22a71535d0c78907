package dev.assay.study;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.report.figure.FigureFile;
import dev.assay.report.page.StudyFacts;
import dev.assay.report.page.StudyFile;
import dev.assay.report.page.StudyPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a study found.
 *
 * @param name the study's name, as the command line knows it
 * @param about the question first, then what the numbers are and where they come from, in sentences
 * @param tables the numbers for people
 * @param json the numbers for machines
 * @param pictures the pictures, by the name of their file without its ending
 * @param files further files by name, such as pairs to read as JSON lines
 * @param reproduction what one needs to get the same again
 */
public record StudyResult(
        String name,
        List<String> about,
        List<StudyTable> tables,
        Map<String, Object> json,
        Map<String, StudyPicture> pictures,
        Map<String, String> files,
        StudyFacts.Reproduction reproduction) {
    /** The page of a study, in its folder. */
    public static final String PAGE = "study.html";

    private static final String MARKDOWN = "study.md";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    /** How {@code study.md} shows a picture: what it no longer shows is no longer true. */
    private static final Pattern SHOWN = Pattern.compile("!\\[([^]]*)]\\(\\1\\.svg\\)");

    public StudyResult {
        about = List.copyOf(about);
        tables = List.copyOf(tables);
        json = new LinkedHashMap<>(json);
        pictures = new LinkedHashMap<>(pictures);
        files = new LinkedHashMap<>(files);
    }

    /** The study for the terminal. */
    public String text() {
        StringBuilder text = new StringBuilder(String.join("\n", about)).append('\n');
        tables.forEach(table -> text.append('\n').append(table.text()));
        return text.toString();
    }

    /** The study as JSON: its numbers, and under {@code page} what a page shows of it. */
    public String jsonText() {
        Map<String, Object> whole = new LinkedHashMap<>(json);
        whole.put("page", StudyFile.page(facts("")));
        return JSON.writeValueAsString(whole);
    }

    /** The study for a page. */
    private StudyFacts facts(String folder) {
        return new StudyFacts(
                name,
                folder,
                about.getFirst(),
                StudyFile.findings(json),
                about.subList(1, about.size()),
                tables.stream()
                        .map(table -> new StudyFacts.Table(table.title(), table.headings(), table.rows()))
                        .toList(),
                pictures.entrySet().stream()
                        .map(entry -> new StudyFacts.Picture(
                                entry.getKey() + ".svg",
                                entry.getValue().caption(),
                                entry.getValue().figure()))
                        .toList(),
                reproduction);
    }

    /**
     * Writes {@code study.md}, {@code study.json}, {@code study.html}, the pictures and the further files into {@code
     * folder/name}. Pictures that the study showed there before and no longer does are removed.
     *
     * @param png whether each picture is written as PNG too, beside its SVG
     * @return where they lie
     */
    public Path write(Path folder, boolean png) {
        Path own = folder.resolve(name);
        List<Path> former = former(own, png);
        files.forEach((file, text) -> AtomicFile.write(own.resolve(file), text));
        pictures.forEach((file, picture) -> {
            FigureFile.write(own.resolve(file + ".svg"), picture.figure());
            if (png) {
                FigureFile.write(own.resolve(file + ".png"), picture.figure());
            }
        });
        AtomicFile.write(own.resolve(StudyFile.NAME), jsonText() + "\n");
        AtomicFile.write(own.resolve(PAGE), StudyPage.html(facts(own.toString())));
        // Last, since it says what was drawn before: stopped half way, the next write still knows what to remove.
        AtomicFile.write(own.resolve(MARKDOWN), markdown());
        remove(former, own);
        return own;
    }

    /** What the study drew here before and does not draw now; other people's pictures are not among it. */
    private List<Path> former(Path own, boolean png) {
        Path before = own.resolve(MARKDOWN);
        if (!Files.isRegularFile(before)) {
            return List.of();
        }
        List<Path> former = new ArrayList<>();
        try {
            Matcher shown = SHOWN.matcher(Files.readString(before));
            while (shown.find()) {
                String file = shown.group(1);
                boolean drawn = pictures.containsKey(file);
                if (!drawn) {
                    former.add(own.resolve(file + ".svg"));
                }
                if (!drawn || !png) {
                    former.add(own.resolve(file + ".png"));
                }
            }
        } catch (IOException e) {
            throw new AssayException(ErrorKind.INPUT, before + " cannot be read: " + e.getMessage(), e);
        }
        return former;
    }

    private static void remove(List<Path> files, Path own) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new AssayException(
                    ErrorKind.INPUT, own + ": the pictures of before cannot be removed: " + e.getMessage(), e);
        }
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Study: " + name + "\n\n");
        about.forEach(line -> text.append(line).append('\n'));
        tables.forEach(table -> text.append('\n').append(table.markdown()));
        pictures.forEach((file, picture) -> text.append("\n![")
                .append(file)
                .append("](")
                .append(file)
                .append(".svg)\n\n")
                .append(picture.caption())
                .append('\n'));
        text.append("\n```\n").append(reproduction.command()).append("\n```\n");
        return text.toString();
    }
}
