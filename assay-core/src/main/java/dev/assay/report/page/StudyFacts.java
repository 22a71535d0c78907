package dev.assay.report.page;

import dev.assay.report.figure.Figure;
import java.util.List;

/**
 * What a page tells about one study.
 *
 * @param name the study's name on the command line
 * @param folder where it lies, as the user named it
 * @param question what it asks, in a sentence
 * @param findings what came out, in sentences
 * @param words what the numbers are and where they come from, in sentences
 * @param tables the numbers, worded
 * @param pictures the pictures
 * @param reproduction what one needs to get the same again
 */
public record StudyFacts(
        String name,
        String folder,
        String question,
        List<String> findings,
        List<String> words,
        List<Table> tables,
        List<Picture> pictures,
        Reproduction reproduction) {
    public StudyFacts {
        findings = List.copyOf(findings);
        words = List.copyOf(words);
        tables = List.copyOf(tables);
        pictures = List.copyOf(pictures);
    }

    /**
     * A table; its first column holds names.
     *
     * @param title what it shows
     * @param headings one a column
     * @param rows cells, one a column, such as {@code 62.4 [61.0, 63.5]}
     */
    public record Table(String title, List<String> headings, List<List<String>> rows) {
        public Table {
            headings = List.copyOf(headings);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A picture with its caption.
     *
     * @param file the name of its SVG in the study's folder
     */
    public record Picture(String file, String caption, Figure figure) {}

    /**
     * The way to the same numbers.
     *
     * @param command of the shell; it reads the recipe as {@code recipe.yaml}
     * @param recipe what all trainings have in common, every default written out
     */
    public record Reproduction(String command, String recipe) {}
}
