"""Names of new plans to places: by the plan's own territory, never by a common word, nothing where it stays open."""

from __future__ import annotations

import pytest

from geo.gazetteer import named
from geo.sites import sites
from geo.territory import Territory, territory


def ground(own: str) -> Territory:
    return Territory(named(own)[0] if own else None, "")


@pytest.mark.parametrize(
    ("own", "name", "expected"),
    [
        pytest.param("四川省", "泸州市江阳区文体中心", ["江阳区"], id="with-the-place-above"),
        pytest.param("", "成都至自贡至宜宾高铁", ["成都市", "自贡市", "宜宾市"], id="in-order"),
        pytest.param("四川省", "炉霍至新都桥高速公路", ["炉霍县", "康定市"], id="a-town-is-not-the-district"),
        pytest.param("四川省", "立山至成都公路", ["仪陇县", "成都市"], id="a-town-here-not-a-county-far-off"),
        pytest.param("四川省", "永兴至成都公路", ["成都市"], id="towns-here-are-several"),
        pytest.param("四川省", "西宁至成都铁路", ["西宁市", "成都市"], id="a-capital-beside-is-no-town"),
        pytest.param("四川省", "安顺场工业园区", [], id="a-town-is-not-the-city"),
        pytest.param("彭山区", "锦江至西昌高速公路", ["彭山区", "西昌市"], id="a-town-of-its-own-county"),
        pytest.param("四川省", "成达复线铁路", ["成都市", "达州市"], id="a-second-line"),
        pytest.param("安徽省", "G3铜陵长江公铁大桥", ["铜陵市"], id="behind-the-number-of-a-road"),
        pytest.param("四川省", "成都平原产业集群", [], id="a-region-is-not-a-city"),
        pytest.param("四川省", "市中区医院", [], id="ambiguous"),
        pytest.param("四川省", "国家重点实验室", [], id="none"),
        pytest.param("甘肃省", "国际合作平台", [], id="a-common-word"),
        pytest.param("甘肃省", "合作市人民医院", ["合作市"], id="in-full"),
        pytest.param("甘肃省", "合作至郎木寺高速", ["合作市", "碌曲县"], id="a-stop-of-a-road"),
        pytest.param("甘肃省", "兰永铁路", ["兰州市"], id="one-end-stays-open"),
        pytest.param("甘肃省", "西成铁路", [], id="西宁-or-西安-or-定西"),
        pytest.param("江苏省", "省中医院盛泽分院", ["吴江区"], id="a-branch-in-a-town"),
        pytest.param("广东省", "狮子洋通道东延线", ["广州市", "东莞市"], id="a-crossing-of-two-cities"),
        pytest.param("甘肃省", "包兰铁路兰州枢纽站", ["兰州市"], id="what-stands-by-a-line"),
        pytest.param("", "浙江磐安抽水蓄能电站", ["磐安县"], id="behind-its-province"),
        pytest.param("山东省", "山西浑源抽水蓄能电站", ["浑源县"], id="behind-another-province"),
        pytest.param("", "京昆通道", ["北京市", "昆明市"], id="each-character-one-city-anywhere"),
        pytest.param("", "兰永铁路", [], id="one-end-stays-open-anywhere"),
        pytest.param("湖南省", "京九铁路扩能改造", ["北京市", "深圳市"], id="a-line-by-its-table"),
        pytest.param("安徽省", "新建合新高速铁路", ["合肥市", "新沂市"], id="a-line-by-another-form"),
        pytest.param(
            "青海省", "川藏铁路西藏段", ["拉萨市", "昌都市", "林芝市"], id="of-a-line-the-section-of-a-province"
        ),
        pytest.param("甘肃省", "兰新铁路第二双线", ["兰州市", "乌鲁木齐市"], id="a-second-line-is-no-city"),
        pytest.param("陕西省", "西（安）商（州）铁路", ["西安市", "商州区"], id="completed-in-brackets"),
        pytest.param("云南省", "昆玉磨大通道", ["昆明市", "玉溪市"], id="a-great-passage"),
        pytest.param("甘肃省", "兰张高铁武张段", ["武威市", "张掖市"], id="the-section"),
        pytest.param("江苏省", "通苏嘉甬高铁", ["南通市", "苏州市", "嘉兴市", "宁波市"], id="characters"),
        pytest.param("上海市", "南京东路商圈", [], id="a-street"),
        pytest.param("江苏省", "宁淮城际铁路", ["南京市", "淮安市"], id="宁-in-江苏"),
        pytest.param("江苏省", "鼓楼区医院", [], id="two-in-the-province"),
        pytest.param("江苏省", "北沿江高铁", [], id="no-cities"),
        pytest.param("广东省", "珠中江都市圈", ["珠海市", "中山市", "江门市"], id="中江-is-no-part"),
        pytest.param("广东省", "广州白云机场三期", ["广州市"], id="an-airport-by-its-table"),
        pytest.param("贵州省", "广州白云机场三期", ["广州市"], id="an-airport-far-away"),
        pytest.param("陕西省", "西安咸阳机场", ["咸阳市"], id="an-airport-in-another-city"),
        pytest.param("新疆维吾尔自治区", "伊宁新城道路", ["伊犁哈萨克自治州"], id="of-two-in-one-prefecture"),
        pytest.param("福建省", "福州（连江）国家远洋渔业基地", ["福州市", "连江县"], id="in-brackets"),
        pytest.param("四川省", "成渝中线高铁", ["成都市", "重庆市"], id="a-region-is-two-cities-of-a-line"),
        pytest.param("四川省", "成渝地区物流中心", [], id="a-region-of-its-own"),
        pytest.param("四川省", "隆黄铁路", ["隆昌市"], id="no-autonomous-prefecture-far-off"),
        pytest.param("凉山彝族自治州", "西宁高速公路", [], id="two-ends-are-not-a-city-far-off"),
        pytest.param("四川省", "汉巴南铁路巴南段", ["巴中市", "南充市"], id="two-ends-of-a-section"),
        pytest.param("洛阳市", "偃师商城遗址", ["偃师区"], id="no-county-right-behind-another"),
        pytest.param("河北省", "雄商高铁邯郸段", ["邯郸市"], id="the-city-of-a-section"),
        pytest.param("洛阳市", "新伊高速", ["伊川县"], id="新安-or-新乡"),
        pytest.param("云南省", "临沧至清水河铁路", ["临沧市"], id="no-county-far-off"),
        pytest.param("江苏省", "绕城高速二期", [], id="a-ring-is-no-city"),
        pytest.param("天津市", "包头无水港", ["包头市"], id="a-city-far-off-and-the-noun"),
        pytest.param("贵州省", "金华停车场", [], id="a-city-far-off-or-a-town-here"),
        pytest.param("云南省", "孟定清水河口岸", ["耿马傣族佤族自治县"], id="a-river-is-no-county"),
        pytest.param("广东省", "巴斯夫湛江一体化基地", ["湛江市"], id="behind-who-builds"),
        pytest.param("新疆维吾尔自治区", "玉龙喀什水利枢纽工程", ["和田地区"], id="a-river-is-not-the-county"),
        pytest.param("吉林省", "牡丹江左岸滨河公园", [], id="by-the-river"),
        pytest.param("吉林省", "老白山原始生态旅游风景区", [], id="老-makes-another-name"),
        pytest.param("宁夏回族自治区", "海原县西安供水工程", ["海原县"], id="no-city-right-behind-a-county"),
        pytest.param("怀化市", "通道县八斗坡风电场", ["通道侗族自治县"], id="an-autonomous-county"),
        pytest.param("上海市", "沿江通道浦东段", ["浦东新区"], id="a-new-area-by-its-short-name"),
        pytest.param("贵州省", "构皮滩水电站", ["余庆县"], id="a-landmark-of-the-province"),
        pytest.param("河南省", "小浪底水利枢纽", ["洛阳市", "济源市"], id="a-dam-between-two"),
        pytest.param("洛阳市", "小浪底水利枢纽", ["洛阳市"], id="a-dam-between-two-in-the-plan-of-one"),
        pytest.param("甘肃省", "构皮滩水电站", [], id="a-landmark-of-another-province"),
        pytest.param("云南省", "滇池路改造", [], id="a-street-named-after-a-landmark"),
        pytest.param("赣州市", "章江城区段水环境综合整治", [], id="full-name-across-two-words"),
        pytest.param("赣州市", "红都500千伏输变电工程", [], id="no-short-form-before-a-voltage"),
        pytest.param("三江侗族自治县", "贵广高铁三江南站", ["三江侗族自治县"], id="a-station-of-a-line"),
        pytest.param("万州区", "G542万州分水至梁平界段", ["万州区", "万州区"], id="up-to-a-border"),
        pytest.param("泉州市", "向金门供水第二水源工程", [], id="towards-a-place"),
        pytest.param("泉州市", "晋江下游防洪提升", [], id="a-stretch-of-a-river"),
        pytest.param("浙江省", "杭州湾跨海大桥", ["宁波市", "嘉兴市"], id="a-bay-is-not-the-city"),
        pytest.param("河北省", "海兴核电一期", ["海兴县"], id="a-common-word-and-what-is-called-by-districts"),
        pytest.param("辽宁省", "康平卧龙湖补水工程", ["康平县", "康平县"], id="a-word-of-no-other-meaning"),
        pytest.param("贵州省", "双桥水库", [], id="a-common-word-before-another-noun"),
        pytest.param("青海省", "中控德令哈光热电站", ["德令哈市"], id="a-county-behind-who-builds"),
        pytest.param("山东省", "蓬莱东港区客滚码头", ["蓬莱区"], id="part-of-a-port-is-no-district"),
        pytest.param("湖南省", "监利至华容长江公铁通道", ["监利市", "华容县"], id="the-noun-is-no-district"),
        pytest.param("山西省", "太原理工大学煤科学与技术重点实验室", ["太原市"], id="a-university-of-the-province"),
        pytest.param("广西壮族自治区", "太原理工大学研究院", [], id="a-university-far-off"),
    ],
)
def test_places_in_a_name(own, name, expected):
    assert [one.place.name for one in sites(name, ground(own))] == expected


def test_a_reading_tells_its_reason():
    assert [one.why for one in sites("宿连航道", ground("江苏省"))] == [
        "“宿”按江苏省的规划读作江苏省宿迁市",
        "“连”按江苏省的规划读作江苏省连云港市",
    ]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        pytest.param("广元市朝天区国民经济和社会发展第十五个五年规划纲要", "", "朝天区", id="the-finest-of-the-title"),
        pytest.param("湖南省2025年政府工作报告", "建设成都至重庆铁路", "湖南省", id="title-before-text"),
        pytest.param("政府工作报告", "建设兰州、天水、武威、张掖机场，支持重庆", "甘肃省", id="by-its-text"),
        pytest.param("政府工作报告", "推动重大城市高质量发展", None, id="平城-and-大城-are-no-sign"),
        pytest.param(
            "政府工作报告",
            "——2026年1月6日在敦化市第十九届人民代表大会第五次会议上\n建设牡丹江至敦化高铁",
            "敦化市",
            id="before-whom-it-is-given",
        ),
        pytest.param(
            "平陆运河经济带建设意见",
            "建设南宁、钦州、北海、贵港、玉林港区",
            "广西壮族自治区",
            id="a-canal-is-no-county",
        ),
        pytest.param("成渝地区双城经济圈建设规划纲要", "", None, id="two-provinces"),
        pytest.param("河南省郑州都市圈建设三年行动方案", "", "河南省", id="a-metropolitan-area-is-more-than-its-city"),
        pytest.param(
            "关于制定规划的建议", "中共重庆市万州区委关于制定规划的建议\n建设万州机场", "万州区", id="by-whose-party"
        ),
        pytest.param(
            "项目进展通报",
            "阜阳市建设临泉县、界首市、太和县、阜南县、颍上县、颍州区、颍东区、颍泉区道路，贯通阜阳至蚌埠",
            "阜阳市",
            id="most-of-its-places-lie-in-one-city",
        ),
        pytest.param("plan", "镜湖区全力推进重点项目\n新建赭山隧道", "镜湖区", id="a-headline-that-begins-with-it"),
        pytest.param("plan", "奋进的一年\n鄞州\n建成甬江大桥", "鄞州区", id="alone-below-a-headline"),
        pytest.param("plan", "沈阳至丹东高铁开工\n抚顺、本溪、丹东、大连受益", "辽宁省", id="a-headline-of-a-line"),
        pytest.param(
            "plan",
            "本报专访\n鄞州区委书记谈发展。鄞州区、鄞州区、鄞州区和鄞州区居民期待，与江北区联手",
            "鄞州区",
            id="a-county-named-again-and-again",
        ),
        pytest.param("plan", "防汛进展\n临泉县、太和县、阜南县圩区排涝开工", "阜阳市", id="three-counties-of-one-city"),
    ],
)
def test_whose_plan_it_is(title, text, expected):
    own = territory(title, text).own
    assert (own.name if own else None) == expected


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("长江三角洲区域一体化发展规划纲要", "通苏嘉甬铁路", ["南通市", "苏州市", "嘉兴市", "宁波市"]),
        ("长江三角洲区域一体化发展规划纲要", "宁马高速公路改扩建", ["南京市", "马鞍山市"]),
        ("长江三角洲区域一体化发展规划纲要", "鼓楼区医院", []),
        ("长江中游城市群发展规划", "咸宁至岳阳公路", ["咸宁市", "岳阳市"]),
    ],
)
def test_a_plan_of_several_provinces_is_read_by_all_of_them(title, name, expected):
    assert [one.place.name for one in sites(name, territory(title, ""))] == expected


def test_a_plan_of_a_great_region_is_not_local():
    assert territory("上海市规划", "").local
    assert not territory("上海市推进长三角一体化发展规划", "").local
