// How a page looks: type of the reader's system, numerals of one width, two grounds, three widths, and paper.

enum PageStyle {
    /// The style sheet, with the inks of the page's figures.
    static func text(inks: [Ink]) -> String {
        var known = Set<String>()
        let own = inks.filter { known.insert($0.name).inserted }
        let light = own.map { "--\($0.name):\($0.colors.light);" }.joined()
        let dark = own.map { "--\($0.name):\($0.colors.dark);" }.joined()
        let classes = own.map { ".plate .\($0.name){color:var(--\($0.name))}" }.joined(separator: "\n")
        return """
            :root{color-scheme:light;\(lightGround)\(light)}
            @media (prefers-color-scheme:dark){:root{color-scheme:dark;\(darkGround)\(dark)}}
            :root[data-theme=light]{color-scheme:light;\(lightGround)\(light)}
            :root[data-theme=dark]{color-scheme:dark;\(darkGround)\(dark)}
            @media print{:root,:root[data-theme=dark]{color-scheme:light;\(lightGround)\(light)}}
            \(classes)
            \(rules)

            """
    }

    private static let lightGround =
        "--page:#fbfbfa;--card:#ffffff;--line:#e4e5e2;--ink:#1b1f24;--soft:#59626d;--link:#0a5a9c;--mark:#0a5a9c;"
        + "--code:#f3f4f2;--warn:#7a5200;--warm:#fdf8ec;--edge:#d9a427;--hover:#eef3f8;"

    private static let darkGround =
        "--page:#0f1215;--card:#14171b;--line:#2a3038;--ink:#e6e8eb;--soft:#9aa4b1;--link:#74b9f2;--mark:#74b9f2;"
        + "--code:#1b2026;--warn:#e6c36a;--warm:#1d1a12;--edge:#8f7225;--hover:#1c242c;"

    private static let rules = """
        *{box-sizing:border-box}
        html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",\
        Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
        header{display:flex;align-items:center;justify-content:space-between;gap:1rem;max-width:74rem;margin:0 auto;\
        padding:1.1rem 1.5rem}
        .brand{font-weight:650;letter-spacing:.01em;color:var(--soft)}
        button{font:inherit;font-size:.8rem;color:var(--soft);background:var(--card);border:1px solid var(--line);\
        border-radius:.45rem;padding:.2rem .65rem;cursor:pointer}
        button:hover{color:var(--ink);border-color:var(--soft)}
        button[aria-pressed=true]{color:var(--card);background:var(--ink);border-color:var(--ink)}
        :focus-visible{outline:2px solid var(--mark);outline-offset:2px;border-radius:.25rem}
        .skip{position:absolute;left:-99rem}
        .skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:3}
        .page{max-width:74rem;margin:0 auto;padding:0 1.5rem 5rem;display:grid;grid-template-columns:12.5rem \
        minmax(0,1fr);gap:3rem}
        .short .page{display:block;max-width:56rem}.short header{max-width:56rem}
        nav{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow:auto}
        nav ol{list-style:none;margin:.4rem 0;padding:0;border-left:1px solid var(--line)}
        nav a{display:block;padding:.22rem 0 .22rem 1rem;color:var(--soft);text-decoration:none;font-size:.88rem;\
        line-height:1.4}
        nav a:hover{color:var(--link)}
        main{min-width:0;max-width:52rem}
        h1{font-size:2.1rem;line-height:1.2;letter-spacing:-.015em;font-weight:680;margin:.2rem 0 .6rem;\
        text-wrap:balance}
        h2{font-size:1.35rem;line-height:1.3;letter-spacing:-.005em;margin:3.2rem 0 .8rem;padding-top:1.4rem;\
        border-top:1px solid var(--line)}
        h3{font-size:1.06rem;margin:2rem 0 .5rem}
        h4,h5,h6{font-size:1rem;margin:1.5rem 0 .4rem}
        p{margin:.6rem 0;max-width:44rem}
        a{color:var(--link)}
        strong{font-weight:650}
        .faint,figcaption span{color:var(--soft)}
        code,pre{font:.88em/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
        p code,li code,dd code{background:var(--code);padding:.08em .35em;border-radius:.3em;overflow-wrap:anywhere}
        pre{background:var(--code);border-radius:.6rem;padding:.85rem 1rem;overflow-x:auto;margin:.9rem 0;\
        white-space:pre-wrap;overflow-wrap:anywhere}
        ul{padding-left:1.2rem;max-width:44rem}
        .formula{margin:1.2rem 0}
        math{font-size:1.32rem;margin:.4rem 0 1rem;text-align:left;display:block math;overflow-x:auto;\
        overflow-y:hidden;padding:.25rem 0}
        .answers{display:flex;flex-wrap:wrap;gap:1rem;margin:1.8rem 0}
        .answers>div{flex:1 1 11.3rem;max-width:27rem;background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:1.1rem 1.25rem \
        1rem;display:flex;flex-direction:column}
        .thirds>div{flex-basis:30%;min-width:11.3rem}
        .answers dt{color:var(--soft);font-size:.88rem;line-height:1.4;margin-bottom:.5rem;min-height:2.8em}
        .answers dd{margin:0}
        .answers .value{font-size:2.15rem;line-height:1.15;font-weight:660;letter-spacing:-.02em}
        .answers .interval{font-size:1.02rem;margin-top:.25rem}
        .answers .note{color:var(--soft);font-size:.84rem;line-height:1.45;margin-top:.35rem}
        .facts{margin:1.1rem 0;font-size:.94rem}
        .facts>div{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:1rem;padding:.32rem 0;\
        border-bottom:1px solid var(--line)}
        .facts>div:last-child{border-bottom:0}
        .facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
        .scroll{overflow-x:auto;margin:1.1rem 0;background:\
        linear-gradient(to right,var(--page) 30%,transparent) 0 0/2rem 100% local,\
        linear-gradient(to left,var(--page) 30%,transparent) 100% 0/2rem 100% local,\
        linear-gradient(to right,var(--line),transparent) 0 0/.7rem 100% scroll,\
        linear-gradient(to left,var(--line),transparent) 100% 0/.7rem 100% scroll;background-repeat:no-repeat}
        table{border-collapse:collapse;font-size:.92rem;line-height:1.4;min-width:min(100%,26rem)}
        caption{text-align:left;color:var(--soft);padding:0 0 .5rem;font-size:.88rem}
        th,td{text-align:left;padding:.42rem 1.4rem .42rem 0;vertical-align:top;font-weight:400;white-space:nowrap}
        th:last-child,td:last-child{padding-right:.2rem;white-space:normal;min-width:3rem}
        .r,.r:last-child{text-align:right;white-space:nowrap}
        thead th,thead td{color:var(--soft);border-bottom:1.5px solid var(--soft);font-size:.86rem;\
        vertical-align:bottom;padding-bottom:.35rem}
        tbody tr{border-bottom:1px solid var(--line)}
        tbody tr:hover{background:var(--hover)}
        tbody th{font-weight:500}
        th button{all:unset;cursor:pointer;font-weight:550;white-space:nowrap}
        th button:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
        th button::after{content:"\\2195";opacity:.35;font-size:.8em;padding-left:.3em}
        th[aria-sort=ascending] button::after{content:"\\2191";opacity:1}
        th[aria-sort=descending] button::after{content:"\\2193";opacity:1}
        .notices{list-style:none;padding:0;margin:1.1rem 0;max-width:none}
        .notices li{border-left:3px solid var(--edge);background:var(--warm);border-radius:0 .6rem .6rem 0;\
        padding:.6rem 1rem;margin:.6rem 0;font-size:.94rem}
        .notices p{margin:0}.notices p+p{color:var(--soft);margin-top:.15rem}
        .notices code{background:none;color:var(--warn);padding:0;font-size:.8rem}
        .plate{margin:1.6rem 0 2rem;background:var(--card);border:1px solid var(--line);border-radius:.9rem;\
        padding:.9rem 1rem 1rem;position:relative}
        .view>svg{display:block;width:100%;height:auto;font-family:Helvetica,Arial,"Liberation Sans",sans-serif}
        .view>.narrow{display:none}
        .plate path{fill:none;stroke:currentColor;stroke-linejoin:round}
        .plate polygon,.plate circle,.plate text{fill:currentColor}
        .plate circle{fill-opacity:.85}
        .plate .ring circle{fill:none;stroke:currentColor;stroke-width:2}
        .plate .ground{color:var(--card)}
        .plate .rim{stroke:var(--card);stroke-width:3;stroke-linejoin:round;paint-order:stroke}
        .plate g .on{stroke:var(--ink);stroke-width:2;fill-opacity:1}
        .plate figcaption{font-size:.92rem;line-height:1.5;margin-top:.7rem;padding:0 .3rem;max-width:44rem}
        .views{display:flex;gap:.35rem;justify-content:flex-end;margin:0 0 .3rem}
        .passage{background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:.9rem 1.25rem;\
        position:relative}
        .copied{float:right;margin:0 0 .3rem .8rem}
        pre .copied{font-family:system-ui,sans-serif;background:transparent}
        #tip{position:fixed;z-index:2;pointer-events:none;background:var(--ink);color:var(--page);font-size:.84rem;\
        line-height:1.4;padding:.35rem .6rem;border-radius:.45rem;max-width:min(22rem,80vw)}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        [hidden]{display:none!important}
        @media (max-width:62rem){.page{display:block}nav{position:static;max-height:none;margin-bottom:2rem}\
        nav ol{border:0;display:flex;flex-wrap:wrap;gap:.1rem 1rem}nav a{padding-left:0}}
        @media (max-width:40rem){body{font-size:15.5px}h1{font-size:1.65rem}header{padding:.8rem 1.1rem}\
        .page{padding:0 1.1rem 3rem}.plate{padding:.6rem .5rem .8rem;margin-left:-.4rem;margin-right:-.4rem}\
        .view>.wide{display:none}.view>.narrow{display:block}.facts>div{display:block;padding:.45rem 0}\
        .answers{gap:.7rem}.answers>div{flex-basis:9.4rem;min-width:9.4rem;padding:.9rem 1rem}\
        .wordy,.wordy:last-child{min-width:12rem}table{font-size:.84rem}.answers .value{font-size:1.6rem}h2{margin-top:2.4rem}th,td{padding-right:.6rem}\
        thead .r,thead .r:last-child,thead .r button{white-space:normal}\
        th:first-child:not(.r),td:first-child:not(.r){white-space:normal;min-width:5rem}\
        th:not([aria-sort=ascending]):not([aria-sort=descending]) button::after{content:none}}
        @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
        @media print{@page{margin:16mm 15mm}html{font-size:12.5px}body{font-size:10pt;background:none}\
        header button,nav,.views,.copied,.skip,#tip,th button::after{display:none!important}.page{display:block;\
        max-width:none;padding:0}header{padding:0 0 .5rem}main,p,ul,figcaption{max-width:none}h1{font-size:20pt}\
        h2{font-size:13.5pt;margin-top:1.5rem;padding-top:.7rem;break-after:avoid}h3{break-after:avoid}\
        .plate,.answers>div,.notices li,tr,pre{break-inside:avoid}.answers>div,.plate,.passage{border-color:#ccc}\
        .answers{gap:.6rem}.answers>div{flex-basis:8rem;min-width:8rem;padding:.8rem}.thirds>div{flex-basis:30%}\
        .answers .value{font-size:16pt}.view>svg{max-height:10.5cm}.view>.wide{display:block}.view>.narrow{display:none}\
        .scroll{overflow:visible;background:none}a{color:inherit;text-decoration:none}}
        """
}
