package dev.assay.report.page;

/** The page's style sheet: one serif column of about 70 characters, quiet tables, light and dark, and print. */
final class PageStyle {
    static final String CSS = """
            :root{color-scheme:light dark;--ink:#1d2024;--soft:#5b626b;--rule:#d5d8dc;--paper:#fff;--shade:#f5f6f7;--mark:#fff3cf}
            @media screen and (prefers-color-scheme:dark){:root{--ink:#e3e5e8;--soft:#a0a7b0;--rule:#3a3f46;--paper:#16181b;\
            --shade:#1f2226;--mark:#4a3f1c}}
            *{box-sizing:border-box}
            body{margin:0 auto;padding:3.5rem 1.25rem 5rem;max-width:42.5rem;background:var(--paper);color:var(--ink);\
            font:1.0625rem/1.55 Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4","Palatino Linotype",Palatino,\
            Georgia,"DejaVu Serif",serif;font-variant-numeric:lining-nums;hyphens:auto;overflow-wrap:break-word}
            h1{font-size:1.9rem;line-height:1.2;font-weight:600;margin:0 0 .35rem;letter-spacing:-.01em;hyphens:manual}
            h2{font-size:1.3rem;line-height:1.3;font-weight:600;margin:2.9rem 0 .7rem;break-after:avoid}
            h3{font-size:1.0625rem;font-weight:600;font-style:italic;margin:1.8rem 0 .4rem;break-after:avoid}
            p{margin:0 0 .85rem}ul{margin:0 0 .85rem;padding-left:1.2rem}li{margin:.2rem 0}
            .lead{color:var(--soft);margin-bottom:2rem}
            figure{margin:1.7rem 0 1.9rem;break-inside:avoid}
            .pictures{display:flex;flex-wrap:wrap;gap:.6rem 0;justify-content:space-between}
            .pictures svg{display:block;max-width:100%;height:auto}
            @media print,(min-width:36rem){.pictures svg[width="320"]{max-width:calc(50% - .3rem)}}
            @media screen and (max-width:35.99rem){.pictures{overflow-x:auto}.pictures svg[width="640"]{min-width:30rem}\
            caption{position:sticky;left:0;max-width:calc(100vw - 2.5rem)}}
            figcaption,caption{font-size:.875rem;line-height:1.45;color:var(--soft);text-align:left}
            figcaption{margin-top:.45rem}caption{padding-bottom:.45rem;caption-side:top}
            figcaption b,caption b{color:var(--ink);font-weight:600}
            .table{margin:1.7rem 0 1.9rem;overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4;font-variant-numeric:lining-nums tabular-nums;\
            border-bottom:1.5px solid var(--ink);hyphens:manual}
            thead th{border-top:1.5px solid var(--ink);border-bottom:1px solid var(--ink);font-weight:600;vertical-align:bottom}
            th,td{text-align:right;padding:.3rem 0 .3rem .9rem;vertical-align:top}
            th:first-child,td:first-child{text-align:left;padding-left:0}
            .words td,.words th{text-align:left}
            .numbers table{font-size:.78rem}.numbers td small{font-size:.68rem}.numbers th,.numbers td{padding-left:.6rem}\
            .numbers th:first-child,.numbers td:first-child{padding-left:0}
            tr.apart td{border-top:1px solid var(--rule)}
            td small{display:block;font-size:.76rem;color:var(--soft);white-space:nowrap}
            td.strong{font-weight:600}
            td.strong small{font-weight:400}
            .settings td{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.8rem;\
            hyphens:none}
            .settings td.strong{background:var(--mark);font-weight:400}
            pre{font:.78rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;background:var(--shade);\
            padding:.9rem 1rem;margin:.4rem 0 1.2rem;white-space:pre-wrap;overflow-wrap:anywhere;border-radius:3px;hyphens:none}
            @media print{td,th{padding-top:.12rem;padding-bottom:.12rem}figure,.table{margin:1.1rem 0 1.3rem}\
            body{font-size:9.5pt;max-width:none;padding:0}pre{break-inside:auto}\
            .pictures svg[width="480"]{max-width:24rem}.table{overflow:visible;break-inside:avoid}.table.long{break-inside:auto}thead{display:table-header-group}\
            tr{break-inside:avoid}}
            @page{size:A4;margin:20mm 22mm}
            """;

    private PageStyle() {}
}
