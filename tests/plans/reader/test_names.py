"""From spans to names, words that govern them, and what tells whether a sentence reports."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from plans.lexicon import noun
from plans.mentions import find_mentions
from plans.reader.examples import marked, sentences, spans
from plans.reader.fullnames import full_names, parted, seamed, trimmed
from plans.reader.members import mended
from plans.reader.reader import bundled_reader, says_which
from plans.reader.signs import signs
from plans.reader.tagger import Tagged
from plans.reader.telling import looks_back
from plans.words import may_name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param(
            "支持[宜昌]、[襄阳]等{国家物流枢纽}扩能。", ["宜昌国家物流枢纽", "襄阳国家物流枢纽"], id="the-rank-is-kept"
        ),
        pytest.param(
            "建设[外高桥]、[芦潮港两处铁路联运节点站]。",
            ["外高桥铁路联运节点站", "芦潮港铁路联运节点站"],
            id="what-is-counted",
        ),
        pytest.param("建设[北海]{海上风电基地}。", ["北海海上风电基地"], id="both-characters-stay"),
        pytest.param("推进[兰合]、[平庆]等{铁路}建设。", ["兰合铁路", "平庆铁路"], id="a-shared-noun"),
        pytest.param("[2026年底前建成南玉珠高铁玉林段]。", ["南玉珠高铁玉林段"], id="a-date-is-no-part"),
        pytest.param("建成[南玉珠高铁]玉林段。", ["南玉珠高铁玉林段"], id="its-section"),
        pytest.param("加快[丹江口库区]生态修复，完善路网。", ["丹江口库区生态修复"], id="works-on-a-region"),
        pytest.param("[大石峡水利枢纽大坝封顶]。", ["大石峡水利枢纽"], id="a-predicate-is-no-part"),
        pytest.param("[宜宾市推进成自宜高铁]、[渝昆高铁]建设。", ["成自宜高铁", "渝昆高铁"], id="who-acts-is-no-part"),
        pytest.param("[遂宁市加快建设成遂南达高铁]。", ["成遂南达高铁"], id="a-short-form-begins-with-a-word"),
        pytest.param("[成都市推动成渝地区双城经济圈]建设。", ["成渝地区双城经济圈"], id="who-acts-for-a-place"),
        pytest.param("[西昌市负责推进宜西攀高铁西昌段]。", ["宜西攀高铁西昌段"], id="who-is-in-charge"),
        pytest.param("推进[甘孜州新建运输机场]。", ["甘孜州新建运输机场"], id="works-are-part-of-it"),
        pytest.param("[成都都市圈与重庆都市圈]联动。", ["成都都市圈", "重庆都市圈"], id="two-joined-by-and"),
        pytest.param(
            "[德阳]、[资阳保税物流中心（B型）]。", ["德阳保税物流中心（B型）", "资阳保税物流中心（B型）"], id="a-type"
        ),
        pytest.param(
            "[长江]、[川南民俗文化旅游]等{精品旅游线路}。", ["长江精品旅游线路", "川南民俗文化旅游线路"], id="said-once"
        ),
        pytest.param("[眉山]等{国家级训练比赛基地}。", ["眉山国家级训练比赛基地"], id="of-the-nation"),
        pytest.param(
            "[广佛西环]、[广州东至花都天贵城际]。",
            ["广佛西环城际", "广州东至花都天贵城际"],
            id="a-route-shares-its-noun",
        ),
        pytest.param("[G219昭苏至温宿段]、[博乐机场]。", ["G219昭苏至温宿段", "博乐机场"], id="a-stretch-is-whole"),
        pytest.param("[湘西州建设生态文化公园]。", ["湘西州生态文化公园"], id="an-autonomous-prefecture"),
        pytest.param("[西渝高铁安康至重庆段进展]顺利。", ["西渝高铁安康至重庆段"], id="how-it-goes-is-no-part"),
        pytest.param(
            "建成[宜宾至彝良]、[宜宾至威信]，开工[资中至铜梁]等{高速公路}。",
            ["宜宾至彝良高速公路", "宜宾至威信高速公路", "资中至铜梁高速公路"],
            id="the-noun-of-the-next-list",
        ),
        pytest.param("支持[合江]、[隆昌]等距离中心城区较远的县。", ["合江", "隆昌"], id="how-they-are-is-no-noun"),
        pytest.param("[逐步外迁散货物流中心]。", ["散货物流中心"], id="what-is-done-to-it-is-no-part"),
        pytest.param("[贵阳已运营1号线]、[2号线]。", ["1号线", "2号线"], id="what-runs-is-no-part"),
        pytest.param(
            "支持[海安保税物流中心（B型）升级综合保税区]。", ["海安保税物流中心（B型）"], id="what-it-becomes"
        ),
        pytest.param("控制性工程笔[架山隧道]贯通。", ["笔架山隧道"], id="a-word-that-was-cut"),
        pytest.param("建[成县城污水处理厂]。", ["县城污水处理厂"], id="a-verb-that-was-cut"),
        pytest.param("[甲市至乙市高速公路天山胜利隧道]贯通。", ["天山胜利隧道"], id="a-tunnel-of-a-road"),
        pytest.param("[耿马至沧源段因资金原因尚未]开工。", ["耿马至沧源段"], id="a-reason-is-no-part"),
        pytest.param("[陆丰核电5、6号机组主体工程]。", ["陆丰核电5号机组", "陆丰核电6号机组"], id="two-units"),
        pytest.param(
            "建设[福州]、[厦门全国海洋经济发展示范区]。",
            ["福州全国海洋经济发展示范区", "厦门全国海洋经济发展示范区"],
            id="经-of-经济-is-no-route",
        ),
        pytest.param(
            "[自贡]、[宜宾协同改革先行区]加快建设。",
            ["自贡协同改革先行区", "宜宾协同改革先行区"],
            id="a-verb-in-a-noun",
        ),
        pytest.param("[南溪区建设罗龙产业园]。", ["南溪区罗龙产业园"], id="whose-it-is"),
        pytest.param("[兰州中川机场]三期转场投运。", ["兰州中川机场三期"], id="a-phase-is-part-of-it"),
        pytest.param("[G78汕昆高速石林至昆明段]改扩建开展工可编制。", ["G78汕昆高速石林至昆明段改扩建"], id="works"),
        pytest.param("[赣州黄金机场]三期改扩建获批立项。", ["赣州黄金机场三期改扩建"], id="works-of-a-phase"),
        pytest.param("[信阳明港机场]飞行区改造投用。", ["信阳明港机场飞行区改造"], id="works-on-a-part"),
        pytest.param("[太浦河]后续工程。", ["太浦河后续工程"], id="what-follows-it"),
        pytest.param("[长沙北铁路国际货场]改造提升。", ["长沙北铁路国际货场"], id="a-predicate-does-not-join"),
        pytest.param("[白关至醴陵公路升级]为一级公路。", ["白关至醴陵公路"], id="what-a-road-becomes"),
        pytest.param("[洛阳洛宁抽水蓄能电站首台机组投产发电]。", ["洛阳洛宁抽水蓄能电站"], id="a-unit-runs"),
        pytest.param("[昌江水库主坝开始填筑]。", ["昌江水库"], id="a-dam-rises"),
        pytest.param("[老岚水库位于烟台市福山区]。", ["老岚水库"], id="where-it-lies-is-no-part"),
        pytest.param("[枣庄翼云机场已获国务院]批准。", ["枣庄翼云机场"], id="what-it-got-is-no-part"),
        pytest.param("[由赣州市负责赣州国际陆港]提升。", ["赣州国际陆港"], id="who-is-responsible"),
        pytest.param(
            "[大关至永善]、[昭阳西环高速公路]。", ["大关至永善高速公路", "昭阳西环高速公路"], id="a-ring-is-of-one"
        ),
        pytest.param(
            "[祥泰]、[耳林岱500千伏变电站]。", ["祥泰500千伏变电站", "耳林岱500千伏变电站"], id="a-voltage-is-shared"
        ),
        pytest.param(
            "[长沙轨道交通7号线一期]、[6号线东延段]。",
            ["长沙轨道交通7号线一期", "长沙轨道交通6号线东延段"],
            id="the-system-goes-on",
        ),
        pytest.param("地铁[4号线一期]洞通。", ["地铁4号线一期"], id="the-system-before-a-number"),
        pytest.param("[灵寿抽水蓄能电站下水库]开挖。", ["灵寿抽水蓄能电站"], id="a-part-of-a-station"),
        pytest.param("[深江铁路珠江口隧道掘进至海域段]。", ["深江铁路珠江口隧道"], id="how-far-it-is-driven"),
        pytest.param("[江门市督促江门高新港区码头]复工。", ["江门高新港区码头"], id="who-urges"),
        pytest.param("[广东能源集团确保惠州电厂二期]投产。", ["惠州电厂二期"], id="which-company-acts"),
        pytest.param("[Z866]、[扎敦]等中型水库建设。", ["Z866水库", "扎敦水库"], id="建设-is-no-part"),
        pytest.param("[10.晋江国际机场迁建]，场址待批。", ["晋江国际机场迁建"], id="a-numbered-entry"),
        pytest.param("[旁多]、[拉洛两大水利枢纽]。", ["旁多水利枢纽", "拉洛水利枢纽"], id="counted-in-the-last"),
        pytest.param(
            "[辉县九峰山]、[巩义后寺河]两座抽水蓄能电站土建施工不断档。",
            ["辉县九峰山抽水蓄能电站", "巩义后寺河抽水蓄能电站"],
            id="counted-behind-the-list",
        ),
        pytest.param(
            "[徐行]、[闵行]两个铁路物流基地。",
            ["徐行铁路物流基地", "闵行铁路物流基地"],
            id="a-counted-noun-is-whole",
        ),
        pytest.param("加大[川沙]、[宝山]两个主城片区轨道通达。", ["川沙", "宝山"], id="a-noun-of-another-thing"),
        pytest.param("[后续水乡旅游线]。", ["水乡旅游线"], id="what-comes-later"),
        pytest.param("[中川至武威的兰张高铁一期]。", ["兰张高铁一期"], id="what-is-told-of-it"),
        pytest.param("[拉哇水电站大坝填筑过半]。", ["拉哇水电站"], id="a-part-and-its-predicate"),
        pytest.param("[洛阳综合保税区进出口总值]突破150亿元。", ["洛阳综合保税区"], id="a-figure-of-it"),
        pytest.param("[神安管道山西段已]全线贯通。", ["神安管道山西段"], id="a-section-ends-it"),
        pytest.param("[颍上复线船闸开始联合调试]。", ["颍上复线船闸"], id="what-it-begins"),
        pytest.param("[法库獾子洞国家湿地]公园。", ["法库獾子洞国家湿地公园"], id="a-noun-that-was-cut"),
        pytest.param("[北京师范大学海口附属学校]扩建年内收官。", ["北京师范大学海口附属学校扩建"], id="works-alone"),
        pytest.param(
            "[西藏大学纳金校区三期]学生公寓，[海南医科大学]博鳌校区。",
            ["西藏大学纳金校区三期", "海南医科大学博鳌校区"],
            id="a-campus-is-part-of-it",
        ),
        pytest.param(
            "[毛家村水库]、[东风水库除险加固]。", ["毛家村水库除险加固", "东风水库除险加固"], id="works-are-shared"
        ),
        pytest.param("[甲山水库]、[乙口水库扩建]等水利工程。", ["甲山水库", "乙口水库扩建"], id="works-are-its-own"),
        pytest.param(
            "[G109]、[G219]、[G318提质改造]。", ["G109提质改造", "G219提质改造", "G318提质改造"], id="works-on-roads"
        ),
        pytest.param("[距离石家庄机场]197公里。", ["石家庄机场"], id="how-far-it-is"),
        pytest.param("[盘龙河]、[泸江综合治理]。", ["盘龙河综合治理", "泸江综合治理"], id="works-on-waters"),
        pytest.param(
            "[永州零陵机场迁建]、[邵阳武冈机场改扩建]。",
            ["永州零陵机场迁建", "邵阳武冈机场改扩建"],
            id="each-its-works",
        ),
        pytest.param(
            "[兰张高铁武张段]、[宝中铁路中卫至平凉段扩能改造工程]。",
            ["兰张高铁武张段", "宝中铁路中卫至平凉段扩能改造工程"],
            id="works-on-lines-of-another-kind",
        ),
        pytest.param(
            "[京哈高速廊坊段]、[唐山段]和[京昆高速石家庄至冀晋界段改扩建]。",
            ["京哈高速廊坊段改扩建", "京哈高速唐山段改扩建", "京昆高速石家庄至冀晋界段改扩建"],
            id="a-section-of-the-line-before",
        ),
        pytest.param(
            "[自贸试验区哈尔滨片区]、[黑河片区]。",
            ["自贸试验区哈尔滨片区", "自贸试验区黑河片区"],
            id="an-area-of-the-zone",
        ),
        pytest.param(
            "新焦济洛城际铁路焦作至济源段今年动工，[济源至洛阳段]。",
            ["新焦济洛城际铁路济源至洛阳段"],
            id="a-section-goes-on",
        ),
        pytest.param("郑州机场三期加快建设，[T3航站楼]竣工。", ["郑州机场T3航站楼"], id="a-terminal-of-the-airport"),
        pytest.param("长沙地铁6号线贯通，[4号线北延]。", ["长沙地铁4号线北延"], id="a-line-of-the-city"),
        pytest.param("安康港汉滨作业区、[旬阳作业区]。", ["安康港旬阳作业区"], id="an-area-of-the-port"),
        pytest.param("[商河]、[平阴孝直通用机场]。", ["商河通用机场", "平阴孝直通用机场"], id="a-site-is-of-one"),
        pytest.param("[梁子湖]、[斧头湖]等{湖泊治理}。", ["梁子湖治理", "斧头湖治理"], id="a-lake-is-said-once"),
        pytest.param(
            "[汕头至潮州东]、[深圳机场至大亚湾城际铁路]。",
            ["汕头至潮州东城际铁路", "深圳机场至大亚湾城际铁路"],
            id="a-longer-noun-of-a-route",
        ),
        pytest.param("[横州]、[灵山]等地特色产业园。", ["横州特色产业园", "灵山特色产业园"], id="地-is-no-part"),
    ],
)
def test_names_in_full(line, names):
    example = marked(line).example
    members = [part for name in example.names for part in parted(example.text, *trimmed(example.text, *name))]
    found = full_names(example.text, members, example.shared)
    assert [one.name for names_ in found for one in names_] == names


def test_a_name_is_one_cell_of_its_row():
    row = "|6|扬州晶澳高效太阳能电池基地扩建|新开工|扬州市|"
    start, end = trimmed(row, 0, len(row))
    assert row[start:end] == "扬州晶澳高效太阳能电池基地扩建"


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("国家级高新区", False), ("省级先进制造业集群", False), ("虹桥", False), ("郊区", False),
        ("森林公园", False), ("过江通道", False), ("中欧班列", True), ("长江国家文化公园", True),
        ("襄阳高新区", True), ("长征国家文化公园", True), ("广汽丰田五线", True),
        ("城际铁路", False), ("国家大学科技园", False), ("绕城高速", True),
        ("该输电工程送端配套", False), ("这些水电站", False), ("西藏公路", False), ("云南省铁路", False),
        ("环渤海地区", False), ("南接辽宁", False), ("青海乃至西北地区", False), ("丹东市的快速铁路", False),
        ("东西的铁路大通道", False), ("某网3月5日海口消息", False), ("青藏铁路", True), ("四川大学", True),
        ("200万千瓦风电", False), ("600万头生猪加工项目", True),
        ("西藏机场", True), ("礼贤镇", False), ("北京市大兴区榆垡镇", False), ("大兴国际影视小镇", True),
        ("安远县结束了不通高速公路", False),
    ],
)  # fmt: skip
def test_what_may_be_the_name_of_one_thing(name, stands):
    assert says_which(name) is stands


def test_a_report_goes_on_until_a_sentence_looks_ahead():
    said = ["过去一年，甲高铁建成通车。", "乙机场投入运营。", "今年要加快丙高铁建设。", "推进丁港区。"]
    past, found = False, []
    for sentence in said:
        past = looks_back(sentence, past)
        found.append(past)
    assert found == [True, True, False, False]


def test_a_list_knows_the_noun_behind_it():
    found = signs("推进兰合、平庆等铁路。")
    assert [("Ltransport" in of) for of in found] == [True] * 7 + [False] * 4


def test_labels_and_spans_are_one_thing():
    example = marked("推进[兰合]、[平庆]等{铁路}，[甲]。").example
    assert spans(example.labels) == (list(example.names), list(example.shared))


@pytest.mark.parametrize(
    ("line", "name", "shared"),
    [
        pytest.param("[抚河流]{域综合治理}。", "抚河", "流域综合治理", id="a-noun-cut-by-the-name"),
        pytest.param("[宜宾]协同{改革先行区}。", "宜宾", "协同改革先行区", id="a-noun-cut-in-the-gap"),
        pytest.param("[重庆国际]{机场}。", "重庆国际", "机场", id="a-noun-of-its-own"),
    ],
)
def test_no_noun_is_cut_at_its_front(line, name, shared):
    example = marked(line).example
    names, nouns = seamed(example.text, example.names, example.shared)
    assert [example.text[slice(*one)] for one in (*names, *nouns)] == [name, shared]


WRITTEN = (
    "加强井冈山国家公园保护，实施鄱阳湖、赣江、抚河流域综合治理，推进东江源跨省生态补偿。",
    "深入推进香溪河、黄柏河、沮漳河流域综合治理，加强大老岭保护。",
    "推进渭河、泾河、洛河流域治理，支持宜昌、襄阳等国家物流枢纽扩能。",
)


def test_no_name_takes_the_rest_of_a_word():
    """What a list adds to a name stands in its sentence, and no noun of the sentence is cut where it begins."""
    texts = {one.clause.text for feature in bundled().features for one in feature.mentions}
    named = [found for text in (*WRITTEN, *sorted(texts)) for found in _names(text)]
    assert len(named) > 2000
    assert [found for found in named if _cut(*found)] == []


def _names(text):
    voice = [(one.start, one.end) for one in find_mentions(text)]
    for start, end in sentences(text):
        heard = [(a - start, b - start) for a, b in voice if start <= a and b <= end]
        if may_name(text[start:end]):
            yield from ((text[start:end], one.name) for one in bundled_reader().names(text[start:end], heard))


def _cut(sentence, name):
    if name in sentence:
        return False
    added = next((name[at:] for at in range(len(name)) if name[at:] in sentence), "")
    at = sentence.find(added)
    own, whole = noun(added), noun(sentence[: at + len(added)])
    return not added or (whole is not None and whole.start < at and (own is None or own.start > 0))


@pytest.mark.parametrize(
    ("line", "members", "shared"),
    [
        pytest.param(
            "共享[“科创通”“盈创动力”]等{科技服务平台}。",
            ["“科创通”", "“盈创动力”"],
            ["科技服务平台"],
            id="quotations-side-by-side",
        ),
        pytest.param(
            "推进[成都]、[绵阳]、遂宁、眉山、资阳对外开放法治示范区建设。",
            ["成都", "绵阳", "遂宁", "眉山", "资阳对外开放法治示范区"],
            [],
            id="places-passed-over",
        ),
        pytest.param(
            "推进[乐山]、[遂宁]等{地国}家级和省级城市废弃物资源循环利用基地建设。",
            ["乐山", "遂宁"],
            ["国家级和省级城市废弃物资源循环利用基地"],
            id="the-noun-behind-and-others",
        ),
        pytest.param("建设[大脚石、神仙桥]等{港口}。", ["大脚石", "神仙桥"], ["港口"], id="two-without-a-noun"),
        pytest.param("建设[成都]等地下综合管廊。", ["成都"], [], id="no-list-of-places"),
        pytest.param(
            "[荔波小七孔]、西江千户苗寨、[梵净山]等{景区}。",
            ["荔波小七孔", "西江千户苗寨", "梵净山"],
            ["景区"],
            id="a-member-between-two",
        ),
        pytest.param("推进黄石、[大华坡水电站]建设。", ["黄石", "大华坡水电站"], [], id="what-a-list-begins-with"),
        pytest.param(
            "开展甲山至乙山、[丙山至丁山]等项目。", ["甲山至乙山", "丙山至丁山"], [], id="a-route-begins-a-list"
        ),
        pytest.param(
            "白水-乙山、[丙山支线]等9条天然气支线。",
            ["白水-乙山", "丙山支线"],
            [],
            id="a-route-of-dashes-begins-a-list",
        ),
        pytest.param(
            "做好[甲山港]、乙山港以及[丙江]、[丁江航道]。",
            ["甲山港", "乙山港", "丙江", "丁江航道"],
            [],
            id="a-member-before-以及",
        ),
        pytest.param("完善综合交通、[大华坡水电站]。", ["大华坡水电站"], [], id="a-general-word-begins-no-list"),
        pytest.param("[铁路客运枢纽]：[石湖北站]。", ["石湖北站"], [], id="a-label-is-no-name"),
        pytest.param("[甲岭5、6号泊位]。", ["甲岭5、6号泊位"], [], id="numbers-stay-together"),
        pytest.param(
            "有续建项目3个(甲河综合利用与保护、[乙山铁路]、[丙山古]镇保护项目),新开工项目(2个):丁山水库、戊湾度假区项目(包括己山酒店、[庚山会]所)。",
            [
                "甲河综合利用与保护",
                "乙山铁路",
                "丙山古镇保护项目",
                "丁山水库",
                "戊湾度假区项目",
                "己山酒店",
                "庚山会所",
            ],
            [],
            id="the-items-of-a-counted-list",
        ),
        pytest.param("续建项目5个(甲河治理、[乙山铁路])。", ["乙山铁路"], [], id="another-number"),
        pytest.param("加快建设[甲山]、乙口、丙坪3个抽水蓄能电站。", ["甲山", "乙口", "丙坪"], [], id="counted"),
        pytest.param("建设[甲山]、乙口、丙坪6个抽水蓄能电站。", ["甲山"], [], id="counted-otherwise"),
        pytest.param(
            "推进长四辽通、[四梅集]、[敦牡铁路]扩能。",
            ["长四辽通", "四梅集", "敦牡铁路"],
            [],
            id="a-short-form-begins-a-list",
        ),
        pytest.param("推进[甲山高铁]、石大高速、乙口水网建设。", ["甲山高铁", "石大高速"], [], id="a-line-in-a-list"),
        pytest.param("推进[甲山高铁]、干线铁路、乙口水网建设。", ["甲山高铁"], [], id="no-line-of-its-own"),
    ],
)
def test_what_the_tagger_leaves_unfinished(line, members, shared):
    example = marked(line).example
    tagged, nouns = mended(example.text, [Tagged(start, end, 1.0) for start, end in example.names], example.shared)
    assert [example.text[one.start : one.end] for one in tagged] == members
    assert [example.text[start:end] for start, end in nouns] == shared
