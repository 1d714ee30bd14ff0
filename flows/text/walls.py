"""How a page looks that stands where an article should: a bot wall, a login, an error."""

from __future__ import annotations

import re

__all__ = ["HINT", "MEANING", "wall"]

MEANING = {
    "bot-wall": "the site asks for proof that a person reads it",
    "login": "the site asks for a login",
    "error-page": "the site says that the page is not there or failed",
}
HINT = {
    "bot-wall": "do not press on: ask the publisher, or save the page by hand and ingest the file",
    "login": "save the page by hand and ingest the file",
    "error-page": "check the address in a browser",
}
_SHORT = 600  # characters: an article longer than this is one, whatever it talks about

_BOT = re.compile(
    r"captcha|verify (?:that )?you(?:'re| are) (?:a )?human|are you a (?:human|robot)|not a robot|"
    r"checking your browser|"
    r"just a moment|access denied|unusual traffic|attention required|enable javascript and cookies|"
    r"ddos protection|request unsuccessful|security check|too many requests|人机验证|"
    r"安全验证|访问验证|滑动验证|"
    r"拖动滑块|访问过于频繁|请求过于频繁|异常访问|访问异常|验证码|正在验证|浏览器安全检查|您的访问被拦截|"
    r"请求已被拦截|web应用防火墙|驗證碼",
    re.IGNORECASE,
)
_BOT_SCRIPT = re.compile(
    r"__jsl_clearance|acw_sc__v2|_cf_chl|cf-challenge|challenge-platform|document\.cookie\s*=|wzws|incapsula|"
    r"location\.(?:href|reload|replace)|\beval\(",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:log|sign) ?in to (?:continue|read|view|access)|please (?:log|sign) ?in|subscribers? only|"
    r"请(?:先)?登录|用户登录|登录后(?:查看|阅读|继续)|会员登录|请输入(?:用户名|密码)|登入後",
    re.IGNORECASE,
)
_LOGIN_TITLE = re.compile(r"^(?:.{0,20}(?:log ?in|sign ?in)|.{0,12}(?:用户)?登[录入]).{0,20}$", re.IGNORECASE)
_ERROR_TITLE = re.compile(
    r"^\W*(?:error\b.{0,40}|.{0,20}\b(?:40[0-9]|41[0-9]|50[0-9])\b.{0,40}|.{0,30}not found.{0,30}|"
    r".{0,20}forbidden.{0,20}|bad gateway|service unavailable|"
    r".{0,20}(?:页面不存在|页面未找到|找不到.{0,8}页面|出错了|系统维护|访问出错|無法找到).{0,20})\W*$",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"\b404\b.{0,40}(?:not found|error|页面)|internal server error|(?:temporarily|service) unavailable|"
    r"page (?:you .{0,40})?(?:not found|cannot be found|does not exist|no longer exists)|under maintenance|"
    r"(?:页面|网页|文章|信息|内容)(?:已)?(?:不存在|被删除|已删除|未找到|无法访问|已失效)|系统维护中|"
    r"服务器(?:内部)?错误|抱歉.{0,12}(?:找不到|不存在)|頁面不存在",
    re.IGNORECASE,
)


def wall(title: str, visible: str, article: str, scripts: str, asks_password: bool) -> str | None:
    """Return ``bot-wall``, ``login``, ``error-page`` or None, given a page's title, texts and scripts.

    An article of some length is never taken for a wall: only what is nearly empty is judged.
    """
    if len(article) > _SHORT:
        return None
    told = f"{title}\n{visible[:2000]}"
    if _BOT.search(told):
        return "bot-wall"
    if _ERROR_TITLE.search(title) and not _figures(article):
        return "error-page"
    if (asks_password and not _figures(article)) or _LOGIN_TITLE.search(title):
        return "login"
    if not _figures(article) or len(article) < 150:
        if _LOGIN.search(told):
            return "login"
        if _ERROR.search(told):
            return "error-page"
    if len(visible.strip()) < 40 and _BOT_SCRIPT.search(scripts):
        return "bot-wall"
    return None


def _figures(article: str) -> bool:
    """Tell whether the text reports amounts: three numbers with a unit are no error page."""
    return (
        len(
            re.findall(
                r"\d[\d.,]*\s*(?:%|percent|per cent|billion|million|trillion|yuan|亿|万|个百分点)", article
            )
        )
        >= 3
    )
