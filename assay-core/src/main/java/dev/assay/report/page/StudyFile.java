package dev.assay.report.page;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a study's folder holds for pages: {@code study.json} has the words and tables under {@code page}, and names the
 * SVG files beside it. A page is made again from these at any time.
 */
public final class StudyFile {
    /** The numbers of a study, in its folder. */
    public static final String NAME = "study.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StudyFile() {}

    /** Whether a study was written into this folder. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    /** What came out, in sentences, from the numbers that {@code study.json} keeps beside {@code page}. */
    public static List<String> findings(Map<String, Object> numbers) {
        return StudyFindings.of(JSON.valueToTree(numbers));
    }

    /** What {@code study.json} keeps under {@code page}. */
    public static Map<String, Object> page(StudyFacts study) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("question", study.question());
        page.put("words", study.words());
        page.put("tables", study.tables());
        page.put(
                "pictures",
                study.pictures().stream()
                        .map(picture -> Map.of("file", picture.file(), "caption", picture.caption()))
                        .toList());
        page.put("command", study.reproduction().command());
        page.put("recipe", study.reproduction().recipe());
        return page;
    }

    /** Reads a study's folder. */
    public static StudyFacts read(Path folder) {
        try {
            JsonNode study = JSON.readTree(Files.readString(folder.resolve(NAME)));
            JsonNode page = study.path("page");
            if (page.isMissingNode()) {
                throw new AssayException(
                        ErrorKind.INPUT,
                        folder + ": the study is of an earlier version, whose " + NAME
                                + " holds nothing for a page; run"
                                + " the study again with the same --output, which repeats no training");
            }
            List<StudyFacts.Picture> pictures = new ArrayList<>();
            for (JsonNode picture : page.path("pictures")) {
                String file = picture.path("file").asString("");
                String svg = Files.readString(folder.resolve(file));
                pictures.add(
                        new StudyFacts.Picture(file, picture.path("caption").asString(""), () -> svg));
            }
            return new StudyFacts(
                    study.path("study").asString(""),
                    folder.toString(),
                    page.path("question").asString(""),
                    StudyFindings.of(study),
                    strings(page.path("words")),
                    list(page.path("tables")).stream().map(StudyFile::table).toList(),
                    pictures,
                    new StudyFacts.Reproduction(
                            page.path("command").asString(""),
                            page.path("recipe").asString("")));
        } catch (IOException | JacksonException e) {
            throw new AssayException(
                    ErrorKind.INPUT,
                    folder + ": the study's folder cannot be read whole: " + e.getMessage()
                            + "; run the study again with the same --output, which repeats no training",
                    e);
        }
    }

    private static StudyFacts.Table table(JsonNode table) {
        return new StudyFacts.Table(
                table.path("title").asString(""),
                strings(table.path("headings")),
                list(table.path("rows")).stream().map(StudyFile::strings).toList());
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return nodes;
    }

    private static List<String> strings(JsonNode array) {
        return list(array).stream().map(node -> node.asString("")).toList();
    }
}
