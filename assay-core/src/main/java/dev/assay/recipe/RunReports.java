package dev.assay.recipe;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.AtomicFile;
import dev.assay.report.page.ReportPage;
import dev.assay.report.page.RunFacts;
import dev.assay.report.page.StudyFacts;
import dev.assay.report.page.StudyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the report of one or several runs and studies from nothing but their folders, so that it can be made again at any time; only
 * the audit reads the data again.
 */
public final class RunReports {
    private RunReports() {}

    /** Whether the rows of the runs are read again and audited, which takes a while for large data. */
    public enum Audit {
        YES,
        NO
    }

    /**
     * Writes the page of these runs and studies.
     *
     * @param folders run folders, of which the others are compared with the first, and folders of studies, which come
     *     behind the runs
     * @param page the HTML file
     * @return the file
     */
    public static Path write(List<Path> folders, Path page, Audit audit) {
        List<Path> runs = folders.stream().filter(RunReports::isRun).toList();
        List<StudyFacts> studies = new ArrayList<>();
        for (Path folder : folders) {
            if (!isRun(folder)) {
                studies(folder).stream().map(StudyFile::read).forEach(studies::add);
            }
        }
        List<String> names = names(runs);
        // Runs on the same data share one audit.
        Map<String, RunAudit> audits = new HashMap<>();
        List<RunFacts> facts = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            facts.add(new RunFactsReader(runs.get(i), audit, audits).read(names.get(i)));
        }
        AtomicFile.write(page, ReportPage.html(facts, studies, options(folders, page, audit)));
        return page;
    }

    private static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve("recipe.yaml"));
    }

    /** The folder of one study, or those of all studies that share one folder and its runs. */
    private static List<Path> studies(Path folder) {
        if (StudyFile.isIn(folder)) {
            return List.of(folder);
        }
        try (Stream<Path> inside = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            List<Path> studies = inside.filter(StudyFile::isIn).sorted().toList();
            if (!studies.isEmpty()) {
                return studies;
            }
        } catch (IOException e) {
            throw new AssayException(ErrorKind.INPUT, folder + ": cannot be read: " + e.getMessage(), e);
        }
        throw new AssayException(
                ErrorKind.INPUT,
                folder + " is neither a run folder (it has no recipe.yaml) nor that of a study (it has no "
                        + StudyFile.NAME + "); name one that assay train or assay study wrote");
    }

    /** What stands behind the run folders in the command that makes this page. */
    private static List<String> options(List<Path> folders, Path page, Audit audit) {
        List<String> options = new ArrayList<>();
        folders.stream().filter(folder -> !isRun(folder)).forEach(study -> options.add(study.toString()));
        if (!page.equals(usualPlace(folders))) {
            options.addAll(List.of("--output", page.toString()));
        }
        if (audit == Audit.NO) {
            options.add("--no-audit");
        }
        return options;
    }

    /** Where the page of these runs lies unless one says otherwise: in the run, or beside the first of several. */
    public static Path usualPlace(List<Path> runs) {
        Path first = runs.getFirst();
        return runs.size() == 1 ? first.resolve("report.html") : first.resolveSibling("report.html");
    }

    /** The last parts of the paths, as many as it takes to tell them apart. */
    private static List<String> names(List<Path> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        List<Path> whole =
                runs.stream().map(run -> run.toAbsolutePath().normalize()).toList();
        for (int parts = 1; ; parts++) {
            int count = parts;
            List<String> names = whole.stream()
                    .map(path -> path.subpath(Math.max(0, path.getNameCount() - count), path.getNameCount())
                            .toString())
                    .toList();
            boolean all = whole.stream().allMatch(path -> path.getNameCount() <= count);
            if (all || names.stream().distinct().count() == runs.size()) {
                return names;
            }
        }
    }
}
